package dev.rollcall.wrong;

record PingHelper() {
  record CheckDto() {}
}
