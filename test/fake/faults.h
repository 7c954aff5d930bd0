// SPDX-License-Identifier: MIT
//
// Planted faults: one of the sanitizers, or an assertion, has to find each.
#pragma once

#include <climits>
#include <memory>
#include <string>
#include <thread>

#include "core/thread.h"

namespace dosvc::fake {

// Through a volatile pointer: the compiler neither warns of the fault nor removes it.
inline void UseAfterFree() {
  int* volatile freed = new int(1);
  delete freed;
  *freed = 2;
}

inline void Leak() {
  int* volatile leaked = new int[1000];
  *leaked = 1;
  leaked = nullptr;
}

inline void Overflow() {
  volatile int most = INT_MAX;
  most = most + 1;
}

inline void Race() {
  int shared = 0;
  const auto count = [&] {
    for (int i = 0; i < 1000; ++i) *static_cast<volatile int*>(&shared) = i;
  };
  std::thread one(count);
  std::thread other(count);
  one.join();
  other.join();
}

inline bool PlantFault(const std::u16string& kind) {
  if (kind == u"use-after-free") {
    UseAfterFree();
  } else if (kind == u"leak") {
    Leak();
  } else if (kind == u"overflow") {
    Overflow();
  } else if (kind == u"race") {
    Race();
  } else if (kind == u"wrong-thread") {
    AssertOn(Thread::kJs);
  } else {
    return false;
  }
  return true;
}

}  // namespace dosvc::fake
