package dev.rollcall.wrong;

import org.springframework.core.Ordered;

interface RightWiring extends Ordered {
  interface Part extends Ordered {}
}
