// SPDX-License-Identifier: MIT
//
// The faults that a test plans for the service's methods: fail, delay, hang, or end the process.
// They do not outlive the process.
#pragma once

#include <windows.h>

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace dosvc_stand_in {

enum class FaultKind : std::uint32_t {
  kNone = 0,
  kFail = 1,       // fails with the HRESULT `value`, without running the method
  kDelay = 2,      // waits `value` milliseconds, then runs the method
  kHang = 3,       // waits for LetGo, then runs the method
  kDieBefore = 4,  // the process dies before the method runs
  kDieAfter = 5,   // the process dies after the method has run, before it returns
};

struct Fault {
  FaultKind kind = FaultKind::kNone;
  std::uint32_t value = 0;
};

class Faults {
 public:
  static Faults& Get();

  // Plans a fault for the next `times` calls of `method` (`Interface::Method`), or for all if
  // `times` is 0.
  void Set(const std::wstring& method, Fault fault, std::uint32_t times);
  void Reset();
  void LetGo();

  // Called as a method begins: counts the call, carries out a fault that precedes the method, and
  // returns the fault.
  Fault Enter(const std::wstring& method);

  std::uint64_t Calls(const std::wstring& method) const;
  std::uint64_t Hanging() const;

  // `when`: "before" or "after" the method, for the log.
  [[noreturn]] static void Die(const wchar_t* when, const std::wstring& method);

 private:
  struct Planned {
    Fault fault;
    std::uint32_t left = 0;  // 0: all calls
  };

  mutable std::mutex mutex_;
  std::condition_variable let_go_;
  std::map<std::wstring, Planned> planned_;
  std::map<std::wstring, std::uint64_t> calls_;
  std::uint64_t generation_ = 0;  // a call that hangs waits for the next one
  std::uint64_t hanging_ = 0;
};

}  // namespace dosvc_stand_in
