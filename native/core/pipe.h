// SPDX-License-Identifier: MIT
//
// A bounded pipe for bytes on their way from a service's thread to JavaScript. A writer waits for
// room on its own thread, holding no lock, until JavaScript has taken bytes, the pipe is closed or
// the environment ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "core/engine.h"
#include "core/sync.h"

namespace dosvc {

class Pipe : public std::enable_shared_from_this<Pipe> {
 public:
  // [any] Its `data` events carry { bytes, question }. An answer is the number of bytes taken.
  static std::shared_ptr<Pipe> Make(const Channels& channels,
                                    SubscriptionId number,
                                    std::size_t capacity);
  ~Pipe();
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  // [RPC] Copies the bytes. False if the pipe was closed before it had accepted all of them.
  bool Write(const std::uint8_t* data, std::size_t size);
  // [any] Wakes the writers. The pipe accepts nothing more.
  void Close();

 private:
  Pipe(const Channels& channels, SubscriptionId number, std::size_t capacity)
      : channels_(channels), number_(number), capacity_(capacity) {}

  void OnTaken(const Value* taken);
  bool WriteInTurn(const std::uint8_t* data, std::size_t size);

  const Channels channels_;
  const SubscriptionId number_;
  const std::size_t capacity_;
  QuestionId question_ = 0;  // set once, before any other code can see the pipe

  Mutex mu_;
  Condition changed_;
  std::size_t untaken_ = 0;  // guarded by mu_
  bool writing_ = false;     // guarded by mu_: one write at a time, because a write may be split
  bool closed_ = false;      // guarded by mu_
};

}  // namespace dosvc
