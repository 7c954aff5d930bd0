// SPDX-License-Identifier: MIT

#include "core/questions.h"

#include <new>
#include <utility>

namespace dosvc {

namespace {

// What a waiting thread and the one that answers it share.
struct Waiter {
  Mutex mu;
  Condition answered;
  bool open = true;             // guarded by mu
  std::optional<Value> answer;  // guarded by mu
};

}  // namespace

std::optional<Value> Questions::Ask(Event event, std::chrono::milliseconds timeout) {
  const auto waiter = std::make_shared<Waiter>();
  const auto question = Open([waiter](Value* answer) {
    std::lock_guard<Mutex> lock(waiter->mu);
    if (!std::exchange(waiter->open, false)) return false;
    if (answer != nullptr) waiter->answer = std::move(*answer);
    waiter->answered.notify_all();
    return true;
  });
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
  {
    std::unique_lock<Mutex> lock(waiter->mu);
    if (put) waiter->answered.wait_for(lock, timeout, [&] { return !waiter->open; });
    waiter->open = false;  // an answer that comes now is too late
  }
  Discard(question);
  return std::move(waiter->answer);
}

QuestionId Questions::Open(OnAnswer on_answer) {
  const auto shared = std::make_shared<const OnAnswer>(std::move(on_answer));
  {
    std::lock_guard<Mutex> lock(mu_);
    if (!closed_) {
      open_.emplace(next_, shared);
      return next_++;
    }
  }
  (*shared)(nullptr);
  return 0;
}

void Questions::Discard(QuestionId question) {
  std::shared_ptr<const OnAnswer> discarded;  // destroyed after the lock is released
  std::lock_guard<Mutex> lock(mu_);
  const auto found = open_.find(question);
  if (found == open_.end()) return;
  discarded = std::move(found->second);
  open_.erase(found);
}

bool Questions::Answer(QuestionId question, Value answer) {
  std::shared_ptr<const OnAnswer> on_answer;
  {
    std::lock_guard<Mutex> lock(mu_);
    const auto found = open_.find(question);
    if (found != open_.end()) on_answer = found->second;
  }
  return on_answer && (*on_answer)(&answer);
}

void Questions::Close() {
  {
    std::lock_guard<Mutex> lock(mu_);
    closed_ = true;
  }
  // One after another, because closing must not fail: moving them to another map, even an empty
  // one, may allocate memory.
  while (const auto on_answer = TakeOpen()) (*on_answer)(nullptr);
}

std::shared_ptr<const Questions::OnAnswer> Questions::TakeOpen() {
  std::lock_guard<Mutex> lock(mu_);
  const auto first = open_.begin();
  if (first == open_.end()) return nullptr;
  auto on_answer = std::move(first->second);
  open_.erase(first);
  return on_answer;
}

}  // namespace dosvc
