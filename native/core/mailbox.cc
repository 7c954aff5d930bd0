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
  batch_.settlements.push_back({request, std::move(outcomes), next_place_++});
  Ring();
  return true;
}

bool Mailbox::Put(Event event) {
  // The replaced event is destroyed after the mutex is released.
  Event replaced;
  std::lock_guard<Mutex> lock(mu_);
  if (closed_) return false;
  event.place = next_place_++;
  auto& events = batch_.events;
  const auto older = !event.coalesces
                         ? events.end()
                         : std::find_if(events.begin(), events.end(), [&](const Event& other) {
                             return other.coalesces && other.subscription == event.subscription &&
                                    other.kind == event.kind;
                           });
  if (older == events.end()) {
    events.push_back(std::move(event));
  } else {
    replaced = std::exchange(*older, std::move(event));
    std::rotate(older, older + 1, events.end());
  }
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
    // Put the batch back until there is memory.
    batch_ = std::exchange(drained, Batch());
    Ring();
  }
  return drained;
}

void Mailbox::Close() {
  // What was not drained is destroyed after the mutex is released, because its objects post to
  // their strands.
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
    batch_.settlements.push_back({it->first, std::move(it->second.late), next_place_++});
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
