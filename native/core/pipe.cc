// SPDX-License-Identifier: MIT

#include "core/pipe.h"

#include <algorithm>
#include <utility>

namespace dosvc {

std::shared_ptr<Pipe> Pipe::Make(const Channels& channels,
                                 SubscriptionId number,
                                 std::size_t capacity) {
  std::shared_ptr<Pipe> pipe(new Pipe(channels, number, std::max<std::size_t>(capacity, 1)));
  pipe->question_ = channels.questions->Open([weak = pipe->weak_from_this()](const Value* taken) {
    if (const auto alive = weak.lock()) alive->OnTaken(taken);
    return true;
  });
  return pipe;
}

Pipe::~Pipe() { channels_.questions->Discard(question_); }

// [JS]
void Pipe::OnTaken(const Value* taken) {
  const auto bytes = taken != nullptr ? CountIn(*taken) : std::nullopt;
  if (!bytes) {
    Close();
    return;
  }
  {
    std::lock_guard<Mutex> lock(mu_);
    untaken_ -= std::min(untaken_, *bytes);
  }
  changed_.notify_all();
}

bool Pipe::Write(const std::uint8_t* data, std::size_t size) {
  {
    std::unique_lock<Mutex> lock(mu_);
    changed_.wait(lock, [&] { return closed_ || !writing_; });
    if (closed_) return false;
    writing_ = true;
  }
  const bool written = WriteInTurn(data, size);
  {
    std::lock_guard<Mutex> lock(mu_);
    writing_ = false;
  }
  changed_.notify_all();
  return written;
}

bool Pipe::WriteInTurn(const std::uint8_t* data, std::size_t size) {
  while (size > 0) {
    std::size_t piece = 0;
    {
      std::unique_lock<Mutex> lock(mu_);
      changed_.wait(lock, [&] { return closed_ || untaken_ < capacity_; });
      if (closed_) return false;
      piece = std::min(size, capacity_ - untaken_);
      untaken_ += piece;
    }
    Record record{{"bytes", Bytes(data, data + piece)},
                  {"question", static_cast<double>(question_)}};
    if (!channels_.mailbox->Put({number_, "data", Value(std::move(record)), false})) return false;
    data += piece;
    size -= piece;
  }
  return true;
}

void Pipe::Close() {
  channels_.questions->Discard(question_);
  {
    std::lock_guard<Mutex> lock(mu_);
    closed_ = true;
  }
  changed_.notify_all();
}

}  // namespace dosvc
