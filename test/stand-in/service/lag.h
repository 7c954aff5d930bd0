// SPDX-License-Identifier: MIT
//
// Lets calls return before they take effect, by as long as the switch "lag" says.
// DOC: do-client, sdk-cpp/tests/test_helpers.h: "On Windows, operations are async - there may be
// some delay setting a state internally".
#pragma once

#include <windows.h>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace dosvc_stand_in {

// The calls to one job or download that change its state. No page says what happens to those that
// overlap: here, they take effect in the order in which they were made. What a process has not put
// into effect dies with it.
//
// Start and Pause are do-client's. No page says anything of Resume and Suspend, which are assumed
// to be alike. Nor does one say that a file that is added, a property or a callback that is set is
// late: it takes effect at once, before a call that is not in effect yet.
class Lag {
 public:
  // Runs `effect` and returns its result. If the switch is set, returns what `may` returns, and
  // runs `effect` later; if that is no longer possible by then, nobody hears of it.
  template <typename May>
  HRESULT Run(May may, std::function<HRESULT()> effect) {
    Settle();
    const auto lag = CurrentLag();
    if (lag.count() == 0) return effect();
    const HRESULT hr = may();
    if (SUCCEEDED(hr)) Plan(lag, std::move(effect));
    return hr;
  }
  // Puts the call before this one into effect. Called first, with no lock held.
  void Settle();

 private:
  class Effect;

  static std::chrono::milliseconds CurrentLag();
  void Plan(std::chrono::milliseconds lag, std::function<HRESULT()> effect);

  std::mutex mutex_;
  std::shared_ptr<Effect> last_;  // guarded by mutex_
};

}  // namespace dosvc_stand_in
