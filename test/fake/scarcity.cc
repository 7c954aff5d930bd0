// SPDX-License-Identifier: MIT

#include "scarcity.h"

#include <dlfcn.h>

#include <atomic>
#include <cstddef>
#include <new>

namespace dosvc::fake {
namespace {

std::atomic<std::int64_t> failing{0};
std::atomic<bool> failing_for_good{false};
std::atomic<std::int64_t> asked{0};
std::atomic<std::int64_t> refused{0};

bool Fails() {
  const auto first = failing.load();
  if (first == 0) return false;
  const auto number = ++asked;
  if (number != first && !(failing_for_good && number > first)) return false;
  ++refused;
  return true;
}

using Operator = void* (*)(std::size_t);

// The process's own: a sanitizer's, where there is one.
void* Ask(const char* name, std::size_t size) {
  if (Fails()) throw std::bad_alloc();
  return reinterpret_cast<Operator>(dlsym(RTLD_DEFAULT, name))(size);
}

}  // namespace

void Scarcity::Begin(std::int64_t first, bool for_good) {
  asked = 0;
  refused = 0;
  failing_for_good = for_good;
  failing = first;
}

void Scarcity::End() { failing = 0; }

std::int64_t Scarcity::Refused() { return refused; }

}  // namespace dosvc::fake

// Of this module alone: it is linked with -Bsymbolic-functions.
void* operator new(std::size_t size) { return dosvc::fake::Ask("_Znwm", size); }
void* operator new[](std::size_t size) { return dosvc::fake::Ask("_Znam", size); }
