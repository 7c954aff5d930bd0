// SPDX-License-Identifier: MIT

#include "core/questions.h"

#include <new>
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
  bool put = false;
  try {
    auto* const given = std::get_if<Record>(&event.value.data);
    Record fields = given != nullptr ? std::move(*given) : Record();
    fields.push_back({"question", static_cast<double>(question)});
    event.value = Value(std::move(fields));
    put = mailbox_->Put(std::move(event));
  } catch (const std::bad_alloc&) {
    // There was no memory for the question, so no answer comes.
  }

  std::unique_lock<Mutex> lock(mu_);
  if (put) {
    answered_.wait_for(lock, patience, [&] { return closed_ || asked_[question].has_value(); });
  }
  auto answer = std::move(asked_[question]);
  asked_.erase(question);
  return answer;
}

QuestionId Questions::Keep(Hear hear) {
  const auto shared = std::make_shared<const Hear>(std::move(hear));
  {
    std::lock_guard<Mutex> lock(mu_);
    if (!closed_) {
      kept_.emplace(next_, shared);
      return next_++;
    }
  }
  (*shared)(nullptr);
  return 0;
}

void Questions::Drop(QuestionId question) {
  std::shared_ptr<const Hear> dropped;  // dies without the lock
  std::lock_guard<Mutex> lock(mu_);
  const auto found = kept_.find(question);
  if (found == kept_.end()) return;
  dropped = std::move(found->second);
  kept_.erase(found);
}

bool Questions::Answer(QuestionId question, Value answer) {
  std::shared_ptr<const Hear> hear;
  {
    std::lock_guard<Mutex> lock(mu_);
    const auto kept = kept_.find(question);
    if (kept != kept_.end()) hear = kept->second;
  }
  if (hear) {
    (*hear)(&answer);
    return true;
  }
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
  // One after the other, since an end must not fail: another map, even an empty one, may take
  // memory.
  while (const auto hear = TakeKept()) (*hear)(nullptr);
}

std::shared_ptr<const Questions::Hear> Questions::TakeKept() {
  std::lock_guard<Mutex> lock(mu_);
  const auto first = kept_.begin();
  if (first == kept_.end()) return nullptr;
  auto hear = std::move(first->second);
  kept_.erase(first);
  return hear;
}

}  // namespace dosvc
