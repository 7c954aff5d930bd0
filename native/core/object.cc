// SPDX-License-Identifier: MIT

#include "core/object.h"

namespace dosvc {

void Census::Add() {
  std::lock_guard<Mutex> lock(mu_);
  ++count_;
}

void Census::Remove() {
  std::lock_guard<Mutex> lock(mu_);
  if (--count_ == 0) none_.notify_all();
}

int Census::Count() {
  std::lock_guard<Mutex> lock(mu_);
  return count_;
}

bool Census::WaitForNone(std::chrono::milliseconds patience) {
  std::unique_lock<Mutex> lock(mu_);
  return none_.wait_for(lock, patience, [&] { return count_ == 0; });
}

Object::Object(std::shared_ptr<Strand> strand, std::shared_ptr<Census> census)
    : strand_(std::move(strand)), census_(std::move(census)) {
  census_->Add();
}

Object::~Object() { census_->Remove(); }

void Object::Die() noexcept {
  const auto strand = strand_;
  strand->Post(std::move(death_));
}

}  // namespace dosvc
