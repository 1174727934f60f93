package dev.rollcall.core.wrong;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

final class StartsThreads {
  private StartsThreads() {}

  static Thread thread() {
    return Thread.ofVirtual().unstarted(() -> {});
  }

  static ExecutorService pool() {
    return Executors.newVirtualThreadPerTaskExecutor();
  }
}
