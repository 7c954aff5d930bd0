// SPDX-License-Identifier: MIT

#include "stand-in/service/notifier.h"

#include <objbase.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "stand-in/control/switches.h"

namespace dosvc_stand_in {
namespace {

constexpr int kThreads = 8;
constexpr std::chrono::milliseconds kFirstPause{100};
constexpr std::chrono::milliseconds kLongestPause{10'000};

}  // namespace

void Notifier::Start() {
  for (int i = 0; i < kThreads; ++i) std::thread([this] { Work(); }).detach();
}

void Notifier::Add(std::shared_ptr<void> about, Notice notice) {
  const std::lock_guard lock(mutex_);
  auto& line = lines_[about.get()];
  auto& notices = line.notices;
  const bool unheard = notices.size() > (line.busy ? 1 : 0);
  if (notice.passing && unheard && notices.back().passing) {
    notices.back() = std::move(notice);
    return;
  }
  if (notices.empty()) {
    line.due = Clock::now() + std::chrono::milliseconds(Switches::Get().late_callbacks);
    line.pause = kFirstPause;
  }
  line.about = std::move(about);
  notices.push_back(std::move(notice));
  changed_.notify_one();
}

void Notifier::Work() {
  CoInitializeEx(nullptr, COINIT_MULTITHREADED);
  std::unique_lock lock(mutex_);
  for (;;) {
    auto next = lines_.end();
    for (auto at = lines_.begin(); at != lines_.end(); ++at) {
      if (!at->second.busy && (next == lines_.end() || at->second.due < next->second.due))
        next = at;
    }
    if (next == lines_.end()) {
      changed_.wait(lock);
      continue;
    }
    auto& line = next->second;
    if (line.due > Clock::now()) {
      changed_.wait_until(lock, Clock::time_point(line.due));
      continue;
    }
    line.busy = true;
    auto about = line.about;
    Notice notice = line.notices.front();
    lock.unlock();
    const bool done = Tell(notice);
    lock.lock();
    line.busy = false;
    if (done) {
      line.notices.pop_front();
      line.pause = kFirstPause;
      line.due = Clock::now() + std::chrono::milliseconds(Switches::Get().late_callbacks);
    } else {
      line.due = Clock::now() + line.pause;
      line.pause = std::min(line.pause * 2, kLongestPause);
    }
    if (line.notices.empty()) lines_.erase(about.get());
    changed_.notify_one();
    // These may be the last references to a client's objects. Releasing them calls the client, so
    // do it without holding the lock.
    lock.unlock();
    notice = {};
    about.reset();
    lock.lock();
  }
}

bool Notifier::Tell(const Notice& notice) {
  if (Switches::Get().drop_callbacks) return true;
  Telling telling = Telling::kNobody;
  for (int times = Switches::Get().double_callbacks ? 2 : 1; times > 0; --times) {
    telling = notice.tell();
    if (telling != Telling::kNobody) ++delivered_;
  }
  return telling != Telling::kAgain;
}

}  // namespace dosvc_stand_in
