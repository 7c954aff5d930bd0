// SPDX-License-Identifier: MIT

#include "scarcity.h"

#include <dlfcn.h>
#include <malloc.h>

#include <atomic>
#include <cstddef>
#include <new>
#include <string_view>

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

// Calls the process's own operator: a sanitizer's, if there is one.
void* Ask(const char* name, std::size_t size) {
  if (Fails()) throw std::bad_alloc();
  return reinterpret_cast<Operator>(dlsym(RTLD_DEFAULT, name))(size);
}

constexpr std::u16string_view kSecret = u"a secret that nobody may find";

std::atomic<std::int64_t> spilled{0};

void Free(const char* name, void* memory) noexcept {
  const std::string_view bytes(static_cast<const char*>(memory),
                               memory != nullptr ? malloc_usable_size(memory) : 0);
  const std::string_view secret(reinterpret_cast<const char*>(kSecret.data()),
                                kSecret.size() * sizeof(char16_t));
  if (bytes.find(secret) != std::string_view::npos) ++spilled;
  reinterpret_cast<void (*)(void*)>(dlsym(RTLD_DEFAULT, name))(memory);
}

}  // namespace

std::int64_t Spilled() { return spilled; }

void Scarcity::Begin(std::int64_t first, bool for_good) {
  asked = 0;
  refused = 0;
  failing_for_good = for_good;
  failing = first;
}

void Scarcity::End() { failing = 0; }

std::int64_t Scarcity::Refused() { return refused; }

}  // namespace dosvc::fake

// For this module alone: it is linked with -Bsymbolic-functions.
void* operator new(std::size_t size) { return dosvc::fake::Ask("_Znwm", size); }
void* operator new[](std::size_t size) { return dosvc::fake::Ask("_Znam", size); }
void operator delete(void* memory) noexcept { dosvc::fake::Free("_ZdlPv", memory); }
void operator delete(void* memory, std::size_t) noexcept { dosvc::fake::Free("_ZdlPv", memory); }
void operator delete[](void* memory) noexcept { dosvc::fake::Free("_ZdaPv", memory); }
void operator delete[](void* memory, std::size_t) noexcept { dosvc::fake::Free("_ZdaPv", memory); }
