// SPDX-License-Identifier: MIT

#include "server/notifier.h"

#include <objbase.h>

#include <algorithm>
#include <thread>

#include "com/pointer.h"
#include "server/error_object.h"
#include "server/job.h"
#include "server/job_object.h"
#include "server/switches.h"

namespace dosvc_stand_in {
namespace {

using dosvc::abi::IBackgroundCopyCallback;
using dosvc::abi::IBackgroundCopyError;
using dosvc::abi::IBackgroundCopyJob;
using dosvc::com::ComPtr;

constexpr int kThreads = 8;
constexpr std::chrono::milliseconds kFirstPause{100};
constexpr std::chrono::milliseconds kLongestPause{10'000};

// The client, or what it had left of its callback, is gone.
// DOC: IBackgroundCopyCallback, Remarks,
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopycallback
bool IsGone(HRESULT hr) {
  return hr == RPC_E_DISCONNECTED || hr == RPC_E_SERVER_DIED || hr == RPC_E_SERVER_DIED_DNE ||
         hr == CO_E_OBJNOTCONNECTED || hr == HRESULT_FROM_WIN32(RPC_S_SERVER_UNAVAILABLE) ||
         hr == HRESULT_FROM_WIN32(RPC_S_CALL_FAILED) ||
         hr == HRESULT_FROM_WIN32(RPC_S_CALL_FAILED_DNE);
}

}  // namespace

void Notifier::Start() {
  for (int i = 0; i < kThreads; ++i) std::thread([this] { Work(); }).detach();
}

void Notifier::Add(std::shared_ptr<Job> job, Event event) {
  const std::lock_guard lock(mutex_);
  auto& line = lines_[job.get()];
  // One modification that nobody has heard of yet stands for all.
  if (event == Event::kModification && !line.events.empty() &&
      line.events.back() == Event::kModification && !(line.busy && line.events.size() == 1)) {
    return;
  }
  if (line.events.empty()) {
    line.due = Clock::now() + std::chrono::milliseconds(Switches::Get().late_callbacks);
    line.pause = kFirstPause;
  }
  line.job = std::move(job);
  line.events.push_back(event);
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
    const auto job = line.job;
    const Event event = line.events.front();
    lock.unlock();
    const bool done = Tell(job, event);
    lock.lock();
    line.busy = false;
    if (done) {
      line.events.pop_front();
      line.pause = kFirstPause;
      line.due = Clock::now() + std::chrono::milliseconds(Switches::Get().late_callbacks);
    } else {
      line.due = Clock::now() + line.pause;
      line.pause = std::min(line.pause * 2, kLongestPause);
    }
    if (line.events.empty()) lines_.erase(job.get());
    changed_.notify_one();
  }
}

bool Notifier::Tell(const std::shared_ptr<Job>& job, Event event) {
  const auto callback = job->CallbackFor(event);
  if (!callback || Switches::Get().drop_callbacks) return true;
  const auto object = MakeJobObject(job);
  HRESULT hr = S_OK;
  for (int times = Switches::Get().double_callbacks ? 2 : 1; times > 0; --times) {
    switch (event) {
      case Event::kTransferred:
        hr = callback->JobTransferred(object.Get());
        break;
      case Event::kError: {
        ComPtr<IBackgroundCopyError> error;
        // It is no longer in error: there is nothing to tell.
        if (FAILED(MakeErrorObject(job, error))) return true;
        hr = callback->JobError(object.Get(), error.Get());
        break;
      }
      case Event::kModification:
        hr = callback->JobModification(object.Get(), 0);
        break;
    }
    ++delivered_;
  }
  if (IsGone(hr)) {
    job->DropCallback(callback);
    return true;
  }
  // DOC: IBackgroundCopyCallback::JobError, Return value,
  // learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopycallback-joberror-method
  // The other two "should return S_OK"; the transfer's end is told as persistently.
  return hr == S_OK || event == Event::kModification;
}

}  // namespace dosvc_stand_in
