// SPDX-License-Identifier: MIT

#include "memory.h"

#include <objbase.h>

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

}  // namespace recorder
