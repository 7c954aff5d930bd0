// SPDX-License-Identifier: MIT

#include "sinks.h"

#include <objbase.h>

#include <deque>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

#include "calls.h"
#include "object.h"

namespace recorder {
namespace {

std::mutex mu;

std::deque<IUnknown*>& Sinks() {  // guarded by mu
  static auto* const sinks = new std::deque<IUnknown*>();
  return *sinks;
}

// Keeps the arguments of one call alive until it returns.
class CallArguments {
 public:
  explicit CallArguments(Packet packet) {
    while (!packet.AtEnd()) values_.push_back(TakeOne(packet));
  }
  ~CallArguments() {
    for (auto* const object : objects_) object->Release();
  }
  CallArguments(const CallArguments&) = delete;
  CallArguments& operator=(const CallArguments&) = delete;

  const std::vector<Argument>& values() const { return values_; }

 private:
  Argument TakeOne(Packet& packet) {
    switch (packet.Take<char>()) {
      case 'o':
        objects_.push_back(Object::Find(packet.Take<std::uint32_t>()));
        return PointerTo(objects_.back()->Reference(packet.Take<IID>()));
      case 'b':
        bytes_.push_back(packet.TakeBytes());
        return PointerTo(bytes_.back().data());
      case 'w':
        return {packet.Take<std::uint64_t>(), true};
      default:
        return {packet.Take<std::uint64_t>()};
    }
  }
  static Argument PointerTo(const void* place) { return {reinterpret_cast<std::uintptr_t>(place)}; }

  std::vector<Argument> values_;
  std::list<Bytes> bytes_;
  std::list<Object*> objects_;
};

}  // namespace

std::uint32_t KeepSink(IUnknown* sink) {
  sink->AddRef();
  std::lock_guard<std::mutex> lock(mu);
  Sinks().push_back(sink);
  return static_cast<std::uint32_t>(Sinks().size());
}

IUnknown* ReferenceSink(std::uint32_t number) {
  std::lock_guard<std::mutex> lock(mu);
  auto* const sink = Sinks().at(number - 1);
  sink->AddRef();
  return sink;
}

void DropSink(std::uint32_t number) {
  auto* const sink = ReferenceSink(number);
  sink->Release();
  sink->Release();
}

HRESULT QuerySink(std::uint32_t number, REFIID iid) {
  auto* const sink = ReferenceSink(number);
  IUnknown* answer = nullptr;
  const HRESULT hr = sink->QueryInterface(iid, reinterpret_cast<void**>(&answer));
  if (answer != nullptr) answer->Release();
  sink->Release();
  return hr;
}

HRESULT CallSink(
    std::uint32_t number, REFIID iid, std::uint32_t slot, Packet packet, std::uint32_t times) {
  const CallArguments arguments(packet);
  HRESULT hr = E_UNEXPECTED;
  std::thread([&] {
    CoInitializeEx(nullptr, COINIT_MULTITHREADED);
    auto* const sink = ReferenceSink(number);
    void* face = nullptr;
    hr = sink->QueryInterface(iid, &face);
    if (SUCCEEDED(hr)) {
      for (std::uint32_t i = 0; i < times && SUCCEEDED(hr); ++i)
        hr = CallMethod(face, slot, arguments.values());
      static_cast<IUnknown*>(face)->Release();
    }
    sink->Release();
    CoUninitialize();
  }).join();
  return hr;
}

}  // namespace recorder
