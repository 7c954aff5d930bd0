// SPDX-License-Identifier: MIT

#include "core/questions.h"

#include <utility>

namespace dosvc {

std::optional<Value> Questions::Ask(Event event, std::chrono::milliseconds patience) {
  QuestionId question = 0;
  {
    std::lock_guard<Mutex> lock(mu_);
    if (closed_) return std::nullopt;
    question = next_++;
    asked_.emplace(question, std::nullopt);
  }
  auto* const given = std::get_if<Record>(&event.value.data);
  Record fields = given != nullptr ? std::move(*given) : Record();
  fields.push_back({"question", static_cast<double>(question)});
  event.value = Value(std::move(fields));
  const bool put = mailbox_->Put(std::move(event));

  std::unique_lock<Mutex> lock(mu_);
  if (put) {
    answered_.wait_for(lock, patience, [&] { return closed_ || asked_[question].has_value(); });
  }
  auto answer = std::move(asked_[question]);
  asked_.erase(question);
  return answer;
}

bool Questions::Answer(QuestionId question, Value answer) {
  {
    std::lock_guard<Mutex> lock(mu_);
    const auto found = asked_.find(question);
    if (closed_ || found == asked_.end() || found->second.has_value()) return false;
    found->second = std::move(answer);
  }
  answered_.notify_all();
  return true;
}

void Questions::Close() {
  {
    std::lock_guard<Mutex> lock(mu_);
    closed_ = true;
  }
  answered_.notify_all();
}

}  // namespace dosvc
