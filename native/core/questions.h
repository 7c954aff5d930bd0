// SPDX-License-Identifier: MIT
//
// What an answering sink asks JavaScript: the service's call waits on its own RPC thread, holding
// no lock, until there is an answer, the time is up or the environment closes. No answer is never
// yes.
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

  // [RPC] Puts the event, with the question's number as the field `question` of its value, and
  // waits. Empty where no answer came.
  std::optional<Value> Ask(Event event, std::chrono::milliseconds patience);

  // [JS] Each answer to a question that is kept; null at the environment's end.
  using Hear = std::function<void(const Value* answer)>;
  // [any] A question that may be answered again and again, until it is dropped. Where the
  // environment has ended, null is heard at once.
  QuestionId Keep(Hear hear);
  void Drop(QuestionId question);

  // [JS] False where nobody waits for it any more.
  bool Answer(QuestionId question, Value answer);
  // [JS] Wakes every waiter, empty-handed.
  void Close();

 private:
  std::shared_ptr<const Hear> TakeKept();  // null where none is left

  const std::shared_ptr<Mailbox> mailbox_;
  Mutex mu_;
  Condition answered_;
  std::unordered_map<QuestionId, std::optional<Value>> asked_;        // guarded by mu_
  std::unordered_map<QuestionId, std::shared_ptr<const Hear>> kept_;  // guarded by mu_
  QuestionId next_ = 1;                                               // guarded by mu_
  bool closed_ = false;                                               // guarded by mu_
};

}  // namespace dosvc
