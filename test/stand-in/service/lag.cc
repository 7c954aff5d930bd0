// SPDX-License-Identifier: MIT

#include "stand-in/service/lag.h"

#include <objbase.h>

#include <thread>
#include <utility>

#include "stand-in/control/switches.h"

namespace dosvc_stand_in {

class Lag::Effect {
 public:
  Effect(std::function<HRESULT()> run, std::shared_ptr<Effect> before)
      : run_(std::move(run)), before_(std::move(before)) {}

  // Runs once, after the effect of the call before. Whoever comes second waits until the first is
  // done. As with a failure, nobody hears of an exception.
  void Run() noexcept {
    const std::lock_guard lock(mutex_);
    if (const auto before = std::exchange(before_, nullptr)) before->Run();
    const auto run = std::exchange(run_, nullptr);
    if (!run) return;
    try {
      run();
    } catch (...) {
    }
  }

 private:
  std::mutex mutex_;
  std::function<HRESULT()> run_;    // guarded by mutex_
  std::shared_ptr<Effect> before_;  // likewise
};

std::chrono::milliseconds Lag::CurrentLag() {
  return std::chrono::milliseconds(Switches::Get().lag);
}

void Lag::Plan(std::chrono::milliseconds lag, std::function<HRESULT()> effect) {
  const std::lock_guard lock(mutex_);
  const auto later = std::make_shared<Effect>(std::move(effect), last_);
  std::thread([later, lag] {
    CoInitializeEx(nullptr, COINIT_MULTITHREADED);
    std::this_thread::sleep_for(lag);
    later->Run();
    CoUninitialize();
  }).detach();
  last_ = later;
}

// Whoever comes meanwhile waits for the same effect.
void Lag::Settle() {
  std::shared_ptr<Effect> last;
  {
    const std::lock_guard lock(mutex_);
    last = last_;
  }
  if (last) last->Run();
}

}  // namespace dosvc_stand_in
