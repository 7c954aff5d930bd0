// SPDX-License-Identifier: MIT

#include <array>
#include <utility>

#include "calls.h"

namespace recorder {
namespace {

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
  return self->object->Call(*self, kSlot, {a, b, c, d, e, f, g, h});
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

void SetSizes(REFIID, std::uint32_t, std::vector<std::uint8_t>) {}

HRESULT CallMethod(void* face, std::uint32_t slot, const std::vector<Argument>& arguments) {
  Arguments a{};
  for (std::size_t i = 0; i < arguments.size(); ++i) a.at(i) = arguments[i].value;
  const auto method = (*static_cast<Method**>(face))[slot];
  return method(face, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]);
}

}  // namespace recorder
