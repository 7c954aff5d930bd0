// SPDX-License-Identifier: MIT

#include "stand-in/control/faults.h"

#include <chrono>
#include <cstdlib>
#include <thread>

#include "stand-in/process/service_log.h"

namespace dosvc_stand_in {

Faults& Faults::Get() {
  static Faults faults;
  return faults;
}

void Faults::Set(const std::wstring& method, Fault fault, std::uint32_t times) {
  const std::lock_guard lock(mutex_);
  if (fault.kind == FaultKind::kNone) {
    planned_.erase(method);
  } else {
    planned_[method] = {fault, times};
  }
}

void Faults::Reset() {
  {
    const std::lock_guard lock(mutex_);
    planned_.clear();
  }
  LetGo();
}

void Faults::LetGo() {
  const std::lock_guard lock(mutex_);
  ++generation_;
  let_go_.notify_all();
}

Fault Faults::Enter(const std::wstring& method) {
  std::unique_lock lock(mutex_);
  ++calls_[method];
  const auto found = planned_.find(method);
  if (found == planned_.end()) return {};
  const Fault fault = found->second.fault;
  if (found->second.left == 1) {
    planned_.erase(found);
  } else if (found->second.left > 1) {
    --found->second.left;
  }
  switch (fault.kind) {
    case FaultKind::kDelay:
      lock.unlock();
      std::this_thread::sleep_for(std::chrono::milliseconds(fault.value));
      break;
    case FaultKind::kHang:
      ++hanging_;
      let_go_.wait(lock, [&, generation = generation_] { return generation_ != generation; });
      --hanging_;
      break;
    case FaultKind::kDieBefore:
      Die(L"before", method);
    default:
      break;
  }
  return fault;
}

std::uint64_t Faults::Calls(const std::wstring& method) const {
  const std::lock_guard lock(mutex_);
  const auto found = calls_.find(method);
  return found == calls_.end() ? 0 : found->second;
}

std::uint64_t Faults::Hanging() const {
  const std::lock_guard lock(mutex_);
  return hanging_;
}

void Faults::Die(const wchar_t* when, const std::wstring& method) {
  Log(L"dies %ls %.200ls, as it was told to", when, method.c_str());
  TerminateProcess(GetCurrentProcess(), 1);
  std::abort();
}

}  // namespace dosvc_stand_in
