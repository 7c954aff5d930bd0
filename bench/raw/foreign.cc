// SPDX-License-Identifier: MIT
//
// foreign.dll: calls back as a service does, on a thread that Node did not create, while the event
// loop is asleep. Takes the time just before the call.

#include <windows.h>

#include <bits.h>
#include <objbase.h>

#include <atomic>
#include <cstdint>

namespace {

using Function = void (*)();

// Long enough for the event loop to have gone to sleep.
constexpr DWORD kPauseMilliseconds = 2;

std::atomic<std::int64_t> called_at{0};

std::int64_t Now() {
  LARGE_INTEGER now;
  QueryPerformanceCounter(&now);
  return now.QuadPart;
}

void CALLBACK CallTheSink(PTP_CALLBACK_INSTANCE, void* sink) {
  auto* const callback = static_cast<IBackgroundCopyCallback*>(sink);
  Sleep(kPauseMilliseconds);
  called_at = Now();
  callback->JobModification(nullptr, 0);
  callback->Release();
}

void CALLBACK CallTheFunction(PTP_CALLBACK_INSTANCE, void* function) {
  Sleep(kPauseMilliseconds);
  called_at = Now();
  reinterpret_cast<Function>(function)();
}

bool Submit(PTP_SIMPLE_CALLBACK work, void* what) {
  return TrySubmitThreadpoolCallback(work, what, nullptr) != FALSE;
}

}  // namespace

#define EXPORT extern "C" __declspec(dllexport)

// Calls JobModification on a sink that a job received.
EXPORT bool CallSink(std::uint64_t sink) {
  void* callback = nullptr;
  auto* const unknown = reinterpret_cast<IUnknown*>(sink);
  if (FAILED(unknown->QueryInterface(__uuidof(IBackgroundCopyCallback), &callback))) return false;
  return Submit(CallTheSink, callback);
}

EXPORT bool CallFunction(Function function) {
  return Submit(CallTheFunction, reinterpret_cast<void*>(function));
}

// Nanoseconds since the last call.
EXPORT double SinceCall() {
  const auto elapsed = Now() - called_at;
  LARGE_INTEGER frequency;
  QueryPerformanceFrequency(&frequency);
  return static_cast<double>(elapsed) * 1e9 / static_cast<double>(frequency.QuadPart);
}
