package dev.rollcall.wrong;

import org.springframework.core.Ordered;

interface NamesSpring extends Ordered {
  interface PretendedWiring extends Ordered {}
}
