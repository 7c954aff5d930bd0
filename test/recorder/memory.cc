// SPDX-License-Identifier: MIT

#include "memory.h"

#include <objbase.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>
#include <set>

#include "unknown.h"

namespace recorder {
namespace {

std::mutex mu;

std::set<void*>& Given() {  // guarded by mu
  static auto* const given = new std::set<void*>();
  return *given;
}

// Never revoked: COM keeps a spy while any allocation that it saw exists.
class Spy final : public ForEver<IMallocSpy> {
 public:
  Spy() : ForEver(__uuidof(IMallocSpy)) {}

  SIZE_T STDMETHODCALLTYPE PreAlloc(SIZE_T size) override { return size; }
  void* STDMETHODCALLTYPE PostAlloc(void* memory) override { return memory; }
  void* STDMETHODCALLTYPE PreFree(void* memory, BOOL) override {
    std::lock_guard<std::mutex> lock(mu);
    Given().erase(memory);
    return memory;
  }
  void STDMETHODCALLTYPE PostFree(BOOL) override {}
  SIZE_T STDMETHODCALLTYPE PreRealloc(void* memory, SIZE_T size, void** out, BOOL) override {
    *out = memory;
    return size;
  }
  void* STDMETHODCALLTYPE PostRealloc(void* memory, BOOL) override { return memory; }
  void* STDMETHODCALLTYPE PreGetSize(void* memory, BOOL) override { return memory; }
  SIZE_T STDMETHODCALLTYPE PostGetSize(SIZE_T size, BOOL) override { return size; }
  void* STDMETHODCALLTYPE PreDidAlloc(void* memory, BOOL) override { return memory; }
  int STDMETHODCALLTYPE PostDidAlloc(void*, BOOL, int actual) override { return actual; }
  void STDMETHODCALLTYPE PreHeapMinimize() override {}
  void STDMETHODCALLTYPE PostHeapMinimize() override {}
};

}  // namespace

void* AllocateForCaller(const Bytes& data) {
  static const HRESULT spied = CoRegisterMallocSpy(new Spy());
  static_cast<void>(spied);
  auto* const memory = CoTaskMemAlloc(data.size());
  std::memcpy(memory, data.data(), data.size());
  std::lock_guard<std::mutex> lock(mu);
  Given().insert(memory);
  return memory;
}

std::size_t CountNotFreed() {
  std::lock_guard<std::mutex> lock(mu);
  return Given().size();
}

std::size_t CountAsUtf16(const Bytes& text) {
  // Part of this module's image, and so not of the memory that is searched. So is no other copy of
  // the text as UTF-16: it is widened while it is compared.
  static std::array<std::uint8_t, 1u << 20> chunk;
  const auto length = text.size() * 2;
  const auto step = chunk.size() - length;  // chunks overlap by the length of the text
  const auto is_here = [&](const std::uint8_t* at) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (at[2 * i] != text[i] || at[2 * i + 1] != 0) return false;
    }
    return true;
  };
  std::size_t found = 0;
  MEMORY_BASIC_INFORMATION region{};
  for (auto* at = static_cast<std::uint8_t*>(nullptr);
       VirtualQuery(at, &region, sizeof(region)) != 0;
       at = static_cast<std::uint8_t*>(region.BaseAddress) + region.RegionSize) {
    const bool is_own = region.State == MEM_COMMIT && region.Type == MEM_PRIVATE;
    if (!is_own || region.Protect != PAGE_READWRITE) continue;
    const auto* const base = static_cast<const std::uint8_t*>(region.BaseAddress);
    for (SIZE_T offset = 0, is_last = 0; is_last == 0; offset += step) {
      const auto size = std::min<SIZE_T>(chunk.size(), region.RegionSize - offset);
      is_last = offset + size == region.RegionSize ? 1 : 0;
      // The region may have gone since: then nothing is read.
      SIZE_T read = 0;
      ReadProcessMemory(GetCurrentProcess(), base + offset, chunk.data(), size, &read);
      for (SIZE_T i = 0; i + length <= read && (i < step || is_last != 0); i += 2) {
        found += is_here(&chunk[i]) ? 1 : 0;
      }
    }
  }
  return found;
}

}  // namespace recorder
