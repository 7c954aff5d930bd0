// SPDX-License-Identifier: MIT

#include "stand-in/service/lag.h"

#include <thread>
#include <utility>

#include "stand-in/control/switches.h"

namespace dosvc_stand_in {

class Lag::Effect {
 public:
  explicit Effect(std::function<HRESULT()> run) : run_(std::move(run)) {}

  // Runs once. Whoever comes second waits until the first is done.
  void Run() {
    const std::lock_guard lock(mutex_);
    if (const auto run = std::exchange(run_, nullptr)) run();
  }

 private:
  std::mutex mutex_;
  std::function<HRESULT()> run_;  // guarded by mutex_
};

std::chrono::milliseconds Lag::Now() { return std::chrono::milliseconds(Switches::Get().lag); }

void Lag::Plan(std::chrono::milliseconds lag, std::function<HRESULT()> effect) {
  const auto later = std::make_shared<Effect>(std::move(effect));
  {
    const std::lock_guard lock(mutex_);
    last_ = later;
  }
  std::thread([later, lag] {
    std::this_thread::sleep_for(lag);
    later->Run();
  }).detach();
}

void Lag::Settle() {
  std::shared_ptr<Effect> last;
  {
    const std::lock_guard lock(mutex_);
    last.swap(last_);
  }
  if (last) last->Run();
}

}  // namespace dosvc_stand_in
