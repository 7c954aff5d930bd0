// SPDX-License-Identifier: MIT
//
// On x86 the caller pushes the arguments, the last one first, and the method removes them as it
// returns (stdcall). The two functions in assembly do what no C++ function can: remove as many
// bytes as are known only at run time, and push arguments whose number is not known before.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "calls.h"
#include "journal.h"
#include "sizes.h"

static_assert(sizeof(void*) == 4);
static_assert(recorder::kSlots == 64, "the thunks below are as many");

extern "C" {
extern const char recorder_thunks[];
std::uint64_t RecorderArrive(const std::uint32_t* frame);
HRESULT RecorderPushAndCall(const void* method,
                            const std::uint32_t* words,
                            std::uint32_t count,
                            std::int32_t* left);
}

// recorder_thunks: one thunk of 16 bytes a slot. It pushes the slot's number.
// RecorderPushAndCall: writes how many bytes the method has left on the stack; right is 0.
asm(R"(
  .text
  .balign 16
_recorder_thunks:
  .set slot, 0
  .rept 64
  .balign 16
  pushl $slot
  jmp recorder_arrive
  .set slot, slot + 1
  .endr

recorder_arrive:
  pushl %esp
  call _RecorderArrive
  addl $8, %esp
  popl %ecx
  addl %edx, %esp
  jmp *%ecx

  .globl _RecorderPushAndCall
_RecorderPushAndCall:
  pushl %ebp
  movl %esp, %ebp
  movl 12(%ebp), %edx
  movl 16(%ebp), %ecx
1:
  testl %ecx, %ecx
  jz 2f
  decl %ecx
  pushl (%edx,%ecx,4)
  jmp 1b
2:
  call *8(%ebp)
  movl %ebp, %ecx
  subl %esp, %ecx
  movl 20(%ebp), %edx
  movl %ecx, (%edx)
  movl %ebp, %esp
  popl %ebp
  ret
)");

namespace recorder {
namespace {

constexpr std::size_t kThunkBytes = 16;

[[noreturn]] void Fail(const char* what, const std::string& iid, std::uint32_t slot) {
  std::fprintf(
      stderr, "recorder: %s: %s, slot %u\n", what, iid.c_str(), static_cast<unsigned>(slot));
  std::fflush(stderr);
  std::abort();
}

const Sizes& SizesOf(REFIID iid, std::uint32_t slot) {
  const auto* const sizes = FindSizes(iid, slot);
  if (sizes == nullptr)
    Fail("the sizes of its parameters are not known", Hex(&iid, sizeof(iid)), slot);
  return *sizes;
}

// A parameter that is larger than 64 bits becomes a pointer to it, as on x64.
std::uint64_t ArgumentAt(const std::uint32_t* place, std::uint8_t size) {
  if (size == 4) return *place;
  if (size != 8) return reinterpret_cast<std::uintptr_t>(place);
  std::uint64_t value = 0;
  std::memcpy(&value, place, sizeof(value));
  return value;
}

}  // namespace

const void* const* Vtable() {
  static const auto vtable = [] {
    std::array<const void*, kSlots> made{};
    for (std::size_t slot = 0; slot < kSlots; ++slot)
      made.at(slot) = recorder_thunks + slot * kThunkBytes;
    AddUnknownMethods(made);
    return made;
  }();
  return vtable.data();
}

HRESULT CallMethod(void* face, std::uint32_t slot, const std::vector<Argument>& arguments) {
  std::vector<std::uint32_t> words{
      static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(face))};
  for (const auto& [value, wide] : arguments) {
    words.push_back(static_cast<std::uint32_t>(value));
    if (wide) words.push_back(static_cast<std::uint32_t>(value >> 32));
  }
  std::int32_t left = 0;
  const HRESULT hr = RecorderPushAndCall((*static_cast<const void***>(face))[slot],
                                         words.data(),
                                         static_cast<std::uint32_t>(words.size()),
                                         &left);
  if (left != 0) Fail("a sink left arguments on the stack", std::to_string(left), slot);
  return hr;
}

}  // namespace recorder

// `frame`: the slot's number, the return address, the object, and the arguments. Returns the
// HRESULT, and above it how many bytes to remove.
std::uint64_t RecorderArrive(const std::uint32_t* frame) {
  const auto slot = frame[0];
  auto* const self = reinterpret_cast<recorder::Face*>(frame[2]);
  const auto* place = frame + 3;
  recorder::Arguments arguments{};
  std::size_t at = 0;
  for (const auto size : recorder::SizesOf(self->iid, slot)) {
    arguments.at(at++) = recorder::ArgumentAt(place, size);
    place += size / 4;
  }
  const auto bytes = static_cast<std::uint64_t>(place - (frame + 2)) * 4;
  return bytes << 32 | static_cast<std::uint32_t>(self->object->Call(*self, slot, arguments));
}
