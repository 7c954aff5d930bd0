// SPDX-License-Identifier: MIT

#include "sinks.h"

#include <objbase.h>

#include <deque>
#include <list>
#include <mutex>
#include <thread>

#include "object.h"
#include "plan.h"

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
    for (std::size_t i = 0; !packet.AtEnd(); ++i) values_[i] = TakeOne(packet);
  }
  ~CallArguments() {
    for (auto* const object : objects_) object->Release();
  }
  CallArguments(const CallArguments&) = delete;
  CallArguments& operator=(const CallArguments&) = delete;

  const Arguments& values() const { return values_; }

 private:
  std::uint64_t TakeOne(Packet& packet) {
    switch (packet.Take<char>()) {
      case 'o': {
        objects_.push_back(Object::Find(packet.Take<std::uint32_t>()));
        return reinterpret_cast<std::uint64_t>(objects_.back()->Reference(packet.Take<IID>()));
      }
      case 'b':
        bytes_.push_back(packet.TakeBytes());
        return reinterpret_cast<std::uint64_t>(bytes_.back().data());
      default:
        return packet.Take<std::uint64_t>();
    }
  }

  Arguments values_{};
  std::list<Bytes> bytes_;
  std::list<Object*> objects_;
};

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
      const auto method = (*static_cast<Method**>(face))[slot];
      const auto& a = arguments.values();
      for (std::uint32_t i = 0; i < times && SUCCEEDED(hr); ++i)
        hr = method(face, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]);
      static_cast<IUnknown*>(face)->Release();
    }
    sink->Release();
    CoUninitialize();
  }).join();
  return hr;
}

}  // namespace recorder
