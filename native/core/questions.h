// SPDX-License-Identifier: MIT
//
// The questions that sinks ask JavaScript. The service's call waits on its own RPC thread, holding
// no lock, until there is an answer, the time is up or the environment closes. A missing answer
// never counts as yes.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "core/mailbox.h"
#include "core/sync.h"
#include "core/value.h"

namespace dosvc {

using QuestionId = std::uint32_t;

class Questions {
 public:
  explicit Questions(std::shared_ptr<Mailbox> mailbox) : mailbox_(std::move(mailbox)) {}

  // [RPC] Puts the event into the mailbox, with the question's number as the field `question` of
  // its value, and waits. Empty if no answer came.
  std::optional<Value> Ask(Event event, std::chrono::milliseconds timeout);

  // [JS] Receives each answer to an open question, and null when the environment ends. Returns
  // whether it accepts the answer.
  using OnAnswer = std::function<bool(Value* answer)>;
  // [any] Opens a question that can be answered repeatedly until it is discarded. If the
  // environment has ended, `on_answer` receives null at once.
  QuestionId Open(OnAnswer on_answer);
  void Discard(QuestionId question);

  // [JS] False if the question is no longer open, or does not accept the answer.
  bool Answer(QuestionId question, Value answer);
  // [JS] Wakes every waiting call without an answer.
  void Close();

 private:
  std::shared_ptr<const OnAnswer> TakeOpen();  // null if none is left

  const std::shared_ptr<Mailbox> mailbox_;
  Mutex mu_;
  std::unordered_map<QuestionId, std::shared_ptr<const OnAnswer>> open_;  // guarded by mu_
  QuestionId next_ = 1;                                                   // guarded by mu_
  bool closed_ = false;                                                   // guarded by mu_
};

}  // namespace dosvc
