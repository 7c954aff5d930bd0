// SPDX-License-Identifier: MIT

#include "core/mailbox.h"

#include <algorithm>
#include <new>
#include <utility>

namespace dosvc {

void Mailbox::Open(RequestId request, Time deadline) {
  {
    Pending pending{deadline, {}};
    pending.late.reserve(1);
    std::lock_guard<Mutex> lock(mu_);
    MakeRoom(1);
    pending_.emplace(request, std::move(pending));
  }
  if (deadline != kNever) Clock::Get().WakeAt(deadline);
}

bool Mailbox::Begin(RequestId request) {
  std::lock_guard<Mutex> lock(mu_);
  const auto found = pending_.find(request);
  if (closed_ || found == pending_.end()) return false;
  found->second.begun = true;
  return true;
}

bool Mailbox::Settle(RequestId request, std::vector<Outcome> outcomes) {
  std::lock_guard<Mutex> lock(mu_);
  if (closed_ || pending_.erase(request) == 0) return false;
  batch_.settlements.push_back({request, std::move(outcomes)});
  Ring();
  return true;
}

bool Mailbox::Put(Event event) {
  std::lock_guard<Mutex> lock(mu_);
  if (closed_) return false;
  if (event.coalesces) {
    const auto last =
        std::find_if(batch_.events.rbegin(), batch_.events.rend(), [&](const Event& other) {
          return other.subscription == event.subscription;
        });
    if (last != batch_.events.rend() && last->coalesces && last->kind == event.kind) {
      *last = std::move(event);
      return true;
    }
  }
  batch_.events.push_back(std::move(event));
  Ring();
  return true;
}

Mailbox::Batch Mailbox::Drain() {
  std::lock_guard<Mutex> lock(mu_);
  rung_ = false;
  auto drained = std::exchange(batch_, Batch());
  try {
    MakeRoom(0);
  } catch (const std::bad_alloc&) {
    // Another time, when there is memory.
    batch_ = std::exchange(drained, Batch());
    Ring();
  }
  return drained;
}

void Mailbox::Close() {
  // What was not drained is destroyed after the mutex is free: its objects post to their strands.
  Batch dropped;
  std::lock_guard<Mutex> lock(mu_);
  closed_ = true;
  dropped = std::exchange(batch_, Batch());
  pending_.clear();
}

bool Mailbox::Closed() {
  std::lock_guard<Mutex> lock(mu_);
  return closed_;
}

std::size_t Mailbox::Waiting() {
  std::lock_guard<Mutex> lock(mu_);
  return pending_.size();
}

Time Mailbox::Tick(Time now) {
  std::lock_guard<Mutex> lock(mu_);
  Time next = kNever;
  for (auto it = pending_.begin(); it != pending_.end();) {
    if (it->second.deadline > now) {
      next = std::min(next, it->second.deadline);
      ++it;
      continue;
    }
    auto& outcome = it->second.late.emplace_back();
    outcome.stage = Stage::kTimeout;
    outcome.may_have_run = it->second.begun;
    batch_.settlements.push_back({it->first, std::move(it->second.late)});
    it = pending_.erase(it);
    Ring();
  }
  return next;
}

void Mailbox::MakeRoom(std::size_t more) {
  auto& settlements = batch_.settlements;
  const auto needed = settlements.size() + pending_.size() + more;
  if (needed > settlements.capacity()) {
    settlements.reserve(std::max(needed, 2 * settlements.capacity()));
  }
}

void Mailbox::Ring() {
  if (rung_ || closed_) return;
  rung_ = true;
  bell_();
}

}  // namespace dosvc
