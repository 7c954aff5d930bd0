// SPDX-License-Identifier: MIT
//
// The process that COM knows: it holds the classes, and passes activations on to a worker, which it
// starts on demand. Clients get the worker's own objects. Tests kill the worker, so the service
// manager never sees a process die. What clients of a fresh worker met with under Wine were the
// races of take_up_rpc.h.
#pragma once

#include <unknwn.h>
#include <windows.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "com/pointer.h"
#include "server/worker.h"

namespace dosvc_stand_in {

class Guardian {
 public:
  // `store`: the folder of the worker's jobs.
  explicit Guardian(std::wstring store) : store_(std::move(store)) {}

  HRESULT CreateInstance(std::size_t index, REFIID iid, void** object);
  // The worker ends, and no other one begins.
  void End();

 private:
  using Clock = std::chrono::steady_clock;

  struct Worker {
    ~Worker();
    bool Alive() const { return WaitForSingleObject(process, 0) == WAIT_TIMEOUT; }

    HANDLE process = nullptr;
    DWORD id = 0;
    HANDLE input = nullptr;   // the worker ends with it
    HANDLE output = nullptr;  // what it says
    std::array<dosvc::com::ComPtr<IClassFactory>, kClasses> factories;
    std::thread listener;
    // What it said, the listener's until that ends.
    std::uint32_t pause = 0;  // milliseconds
    std::uint32_t gather = 0;
  };

  // The worker that lives, or a new one.
  HRESULT Current(std::shared_ptr<Worker>& worker);
  HRESULT Start(Worker& worker) const;
  HRESULT Instance(std::size_t index, REFIID iid, void** object);

  const std::wstring store_;
  // One start at a time. It is held while the new worker hands out its factories: whoever waits for
  // it waits for just that.
  std::mutex mutex_;
  std::shared_ptr<Worker> worker_;
  bool ended_ = false;
  Clock::time_point not_before_ = Clock::time_point::min();
};

}  // namespace dosvc_stand_in
