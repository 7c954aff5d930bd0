// SPDX-License-Identifier: MIT
//
// The process that COM activates: it registers the classes, and forwards activations to a worker
// process, which it starts on demand and whose own objects clients get. Tests kill the worker, so
// the service manager never sees a process die. take_up_rpc.h describes the races that the first
// clients of a new worker would hit under Wine.
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
#include "stand-in/process/worker.h"

namespace dosvc_stand_in {

class Guardian {
 public:
  // `store` is the folder of the worker's jobs.
  explicit Guardian(std::wstring store) : store_(std::move(store)) {}

  HRESULT CreateInstance(std::size_t index, REFIID iid, void** object);
  // Ends the worker, and starts no other.
  void End();

 private:
  using Clock = std::chrono::steady_clock;

  struct Worker {
    ~Worker();
    bool Alive() const { return WaitForSingleObject(process, 0) == WAIT_TIMEOUT; }

    HANDLE process = nullptr;
    DWORD id = 0;
    HANDLE input = nullptr;   // the worker ends when it closes
    HANDLE output = nullptr;  // its factories, then its LastingValues
    std::array<dosvc::com::ComPtr<IClassFactory>, kClasses> factories;
    std::thread listener;
    // The values that the worker reported. Only the listener uses them until it ends.
    std::uint32_t pause = 0;  // milliseconds
    std::uint32_t gather = 0;
  };

  // Returns the live worker, or a new one.
  HRESULT Current(std::shared_ptr<Worker>& worker);
  HRESULT Start(Worker& worker) const;
  HRESULT Instance(std::size_t index, REFIID iid, void** object);

  const std::wstring store_;
  // Allows one start at a time. It is held while the new worker hands out its factories, because a
  // caller that waits for the lock needs those anyway.
  std::mutex mutex_;
  std::shared_ptr<Worker> worker_;
  bool ended_ = false;
  Clock::time_point not_before_ = Clock::time_point::min();
};

}  // namespace dosvc_stand_in
