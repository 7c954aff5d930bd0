// SPDX-License-Identifier: MIT
//
// Bytes on their way from a foreign thread to JavaScript, a bounded number of them. Who writes
// waits on its own thread for room, holding no lock, until JavaScript has taken bytes away, the
// pipe is closed or the environment ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "core/mailbox.h"
#include "core/questions.h"
#include "core/sync.h"

namespace dosvc {

class Pipe : public std::enable_shared_from_this<Pipe> {
 public:
  // [any] Its `data` events carry { bytes, question }; the answer is how many bytes were taken.
  static std::shared_ptr<Pipe> Make(std::shared_ptr<Mailbox> mailbox,
                                    std::shared_ptr<Questions> questions,
                                    SubscriptionId number,
                                    std::size_t capacity);
  ~Pipe();
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  // [RPC] Copies the bytes. False where the pipe was closed before all of them had gone in.
  bool Write(const std::uint8_t* data, std::size_t size);
  // [any] Wakes whoever writes; nothing goes in any more.
  void Close();

 private:
  Pipe(std::shared_ptr<Mailbox> mailbox,
       std::shared_ptr<Questions> questions,
       SubscriptionId number,
       std::size_t capacity)
      : mailbox_(std::move(mailbox)),
        questions_(std::move(questions)),
        number_(number),
        capacity_(capacity) {}

  void Hear(const Value* taken);
  bool WriteInTurn(const std::uint8_t* data, std::size_t size);

  const std::shared_ptr<Mailbox> mailbox_;
  const std::shared_ptr<Questions> questions_;
  const SubscriptionId number_;
  const std::size_t capacity_;
  QuestionId question_ = 0;  // set once, before anybody else knows the pipe

  Mutex mu_;
  Condition changed_;
  std::size_t untaken_ = 0;  // guarded by mu_
  bool writing_ = false;     // guarded by mu_: one at a time, since a write may go in pieces
  bool closed_ = false;      // guarded by mu_
};

}  // namespace dosvc
