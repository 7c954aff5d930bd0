// SPDX-License-Identifier: MIT

#include <array>
#include <utility>

#include "calls.h"
#include "sizes.h"

namespace recorder {
namespace {

#if defined(_M_ARM64) || defined(__aarch64__)
constexpr bool kPassesCopies = false;
#else
constexpr bool kPassesCopies = true;
#endif

// A structure of 16 bytes that is passed by value takes two registers on ARM64, where x64 passes a
// pointer to a copy. It becomes a pointer to it.
HRESULT Arrive(const Face& face, std::uint32_t slot, Arguments words) {
  const auto* const sizes = kPassesCopies ? nullptr : FindSizes(face.iid, slot);
  if (sizes == nullptr) return face.object->Call(face, slot, words);
  Arguments arguments = words;
  std::size_t word = 0;
  std::size_t at = 0;
  for (const auto size : *sizes) {
    arguments.at(at++) = size > sizeof(words[0]) ? reinterpret_cast<std::uintptr_t>(&words.at(word))
                                                 : words.at(word);
    word += size > sizeof(words[0]) ? size / sizeof(words[0]) : 1;
  }
  return face.object->Call(face, slot, arguments);
}

// Reads more arguments than most methods have, which is harmless where the caller removes them.
template <std::size_t kSlot>
HRESULT STDMETHODCALLTYPE Thunk(Face* self,
                                std::uint64_t a,
                                std::uint64_t b,
                                std::uint64_t c,
                                std::uint64_t d,
                                std::uint64_t e,
                                std::uint64_t f,
                                std::uint64_t g,
                                std::uint64_t h) {
  return Arrive(*self, kSlot, {a, b, c, d, e, f, g, h});
}

template <std::size_t... kSlot>
std::array<const void*, kSlots> MakeVtable(std::index_sequence<kSlot...>) {
  std::array<const void*, kSlots> vtable{reinterpret_cast<const void*>(&Thunk<kSlot>)...};
  AddUnknownMethods(vtable);
  return vtable;
}

using Method = HRESULT(STDMETHODCALLTYPE*)(void*,
                                           std::uint64_t,
                                           std::uint64_t,
                                           std::uint64_t,
                                           std::uint64_t,
                                           std::uint64_t,
                                           std::uint64_t,
                                           std::uint64_t,
                                           std::uint64_t);

}  // namespace

const void* const* Vtable() {
  static const auto vtable = MakeVtable(std::make_index_sequence<kSlots>());
  return vtable.data();
}

HRESULT CallMethod(void* face, std::uint32_t slot, const std::vector<Argument>& arguments) {
  Arguments a{};
  for (std::size_t i = 0; i < arguments.size(); ++i) a.at(i) = arguments[i].value;
  const auto method = (*static_cast<Method**>(face))[slot];
  return method(face, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]);
}

}  // namespace recorder
