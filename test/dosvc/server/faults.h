// SPDX-License-Identifier: MIT
//
// What a test makes of the service's methods: slow, failing, hanging, deadly. It is gone with the
// process.
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
  kFail = 1,       // with the HRESULT `value`, and nothing is done
  kDelay = 2,      // for `value` milliseconds, before it is done
  kHang = 3,       // until it is let go, before it is done
  kDieBefore = 4,  // the process dies before anything is done
  kDieAfter = 5,   // the process dies when all is done, before it is answered
};

struct Fault {
  FaultKind kind = FaultKind::kNone;
  std::uint32_t value = 0;
};

class Faults {
 public:
  static Faults& Get();

  // `method`: `Interface::Method`. The next `times` calls of it are hit, or all where it is 0.
  void Set(const std::wstring& method, Fault fault, std::uint32_t times);
  void Reset();
  void LetGo();

  // A call begins: counts it, waits where it is told to, and says what it is to answer.
  Fault Enter(const std::wstring& method);

  std::uint64_t Calls(const std::wstring& method) const;
  std::uint64_t Hanging() const;

  // `when`: before or after the method.
  [[noreturn]] static void Die(const wchar_t* when, const std::wstring& method);

 private:
  struct Planned {
    Fault fault;
    std::uint32_t left = 0;  // 0: for ever
  };

  mutable std::mutex mutex_;
  std::condition_variable let_go_;
  std::map<std::wstring, Planned> planned_;
  std::map<std::wstring, std::uint64_t> calls_;
  std::uint64_t generation_ = 0;  // what hangs waits for the next one
  std::uint64_t hanging_ = 0;
};

}  // namespace dosvc_stand_in
