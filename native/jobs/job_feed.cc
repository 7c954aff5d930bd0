// SPDX-License-Identifier: MIT

#include "jobs/job_feed.h"

#include <objbase.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "com/blanket.h"
#include "com/params.h"
#include "core/thread.h"
#include "jobs/job_error.h"
#include "jobs/job_sink.h"
#include "jobs/marshal.h"

namespace dosvc::jobs {
namespace {

bool IsFinal(abi::BG_JOB_STATE state) {
  return state == abi::BG_JOB_STATE_ACKNOWLEDGED || state == abi::BG_JOB_STATE_CANCELLED;
}

bool HasError(abi::BG_JOB_STATE state) {
  return state == abi::BG_JOB_STATE_ERROR || state == abi::BG_JOB_STATE_TRANSIENT_ERROR;
}

bool Same(const abi::BG_JOB_PROGRESS& a, const abi::BG_JOB_PROGRESS& b) {
  return a.BytesTotal == b.BytesTotal && a.BytesTransferred == b.BytesTransferred &&
         a.FilesTotal == b.FilesTotal && a.FilesTransferred == b.FilesTransferred;
}

}  // namespace

std::shared_ptr<JobFeed> MakeJobFeed(std::shared_ptr<com::ComEngine> engine,
                                     std::shared_ptr<com::ComObject> job) {
  auto feed = Own(std::make_unique<JobFeed>(std::move(engine), std::move(job)));
  Clock::Get().Add(feed);
  return feed;
}

JobFeed::JobFeed(std::shared_ptr<com::ComEngine> engine, std::shared_ptr<com::ComObject> job)
    : Object(job->strand(), engine->upward().census),
      engine_(std::move(engine)),
      job_(std::move(job)) {}

void JobFeed::Add(const Subscriber& subscriber) {
  AssertOn(Thread::kCom);
  seen_.push_back({subscriber, std::nullopt});
  Hook(subscriber);
  Read();
}

void JobFeed::Remove(SubscriptionId number) {
  AssertOn(Thread::kCom);
  seen_.erase(std::remove_if(seen_.begin(),
                             seen_.end(),
                             [&](const Seen& seen) { return seen.subscriber.number == number; }),
              seen_.end());
  if (!seen_.empty()) return;
  {
    std::lock_guard<Mutex> lock(mu_);
    next_poll_ = kNever;
  }
  Unhook();
}

IUnknown* JobFeed::sink() const { return sink_ ? sink_->get() : nullptr; }

HRESULT JobFeed::Job(com::ComPtr<abi::IBackgroundCopyJob>* job) {
  com::ComPtr<IUnknown> proxy;
  const HRESULT hr = job_->Query(abi::kIidOf<abi::IBackgroundCopyJob>, &proxy);
  if (SUCCEEDED(hr)) *job = com::Owner(static_cast<abi::IBackgroundCopyJob*>(proxy.Detach()));
  return hr;
}

// Flags are only ever widened. Where the service refuses, the poll carries the subscription.
void JobFeed::Hook(const Subscriber& subscriber) {
  com::ComPtr<abi::IBackgroundCopyJob> job;
  if (FAILED(Job(&job))) return;  // Read says so
  if (!sink_) {
    auto sink = com::Owner<IUnknown>(new JobSink(weak_from_this()));
    sink_ = std::make_unique<com::SinkOwner>(engine_, std::move(sink));
    if (FAILED(job->GetNotifyFlags(&flags_before_))) flags_before_ = 0;
    flags_set_ = flags_before_;
    const HRESULT hr = job->SetNotifyInterface(sink_->get());
    if (FAILED(hr)) {
      Complain(subscriber.number, "warning", "IBackgroundCopyJob::SetNotifyInterface", hr);
    }
  }
  if (subscriber.keep_flags) flags_before_ = flags_set_;
  const ULONG flags = flags_set_ | subscriber.notify_flags;
  if (flags == flags_set_) return;
  const HRESULT hr = job->SetNotifyFlags(flags);
  if (SUCCEEDED(hr)) {
    flags_set_ = flags;
  } else {
    Complain(subscriber.number, "warning", "IBackgroundCopyJob::SetNotifyFlags", hr);
  }
}

// Takes back only what is still ours: another process may have set its own interface or flags.
void JobFeed::Unhook() {
  if (!sink_) return;
  com::ComPtr<abi::IBackgroundCopyJob> job;
  if (SUCCEEDED(Job(&job))) {
    com::ComPtr<IUnknown> current;
    ULONG flags = 0;
    if (SUCCEEDED(job->GetNotifyInterface(current.GetAddressOf())) && current &&
        engine_->IsSink(current.Get())) {
      job->SetNotifyInterface(nullptr);
    }
    if (flags_set_ != flags_before_ && SUCCEEDED(job->GetNotifyFlags(&flags)) &&
        flags == flags_set_) {
      job->SetNotifyFlags(flags_before_);
    }
  }
  sink_.reset();
}

void JobFeed::OnCallback(Callback callback, abi::IBackgroundCopyError* error) {
  AssertOn(Thread::kRpc);
  {
    std::lock_guard<Mutex> lock(mu_);
    if (callback == Callback::kModification) noted_.modified = true;
    if (error != nullptr) noted_.error = error;
    if (std::exchange(read_posted_, true)) return;
  }
  strand()->Post([self = shared_from_this()] { self->Read(); });
}

Time JobFeed::Tick(Time now) {
  {
    std::lock_guard<Mutex> lock(mu_);
    if (next_poll_ > now) return next_poll_;
    next_poll_ = kNever;  // planned anew by the read
    if (std::exchange(read_posted_, true)) return kNever;
  }
  strand()->Post([self = shared_from_this()] { self->Read(); });
  return kNever;
}

void JobFeed::Read() {
  AssertOn(Thread::kCom);
  Noted noted;
  {
    std::lock_guard<Mutex> lock(mu_);
    read_posted_ = false;
    noted = std::exchange(noted_, Noted());
  }
  if (seen_.empty()) return;
  com::ComPtr<abi::IBackgroundCopyJob> job;
  Look look;
  HRESULT hr = Job(&job);
  if (SUCCEEDED(hr)) hr = LookAt(job.Get(), noted, &look);
  if (FAILED(hr)) {
    for (const auto& seen : seen_) {
      if (hr == last_failure_) break;
      Complain(seen.subscriber.number, "lost", "IBackgroundCopyJob::GetState", hr);
    }
    last_failure_ = hr;
    PlanPoll();
    return;
  }
  last_failure_ = S_OK;
  for (auto& seen : seen_) Tell(seen, look, noted.modified);
  if (!IsFinal(look.state)) PlanPoll();
}

HRESULT JobFeed::LookAt(abi::IBackgroundCopyJob* job, const Noted& noted, Look* look) {
  HRESULT hr = job->GetState(&look->state);
  if (SUCCEEDED(hr)) hr = job->GetProgress(&look->progress);
  if (FAILED(hr) || !HasError(look->state)) return hr;
  com::ComPtr<abi::IBackgroundCopyError> error = noted.error;
  HRESULT found = S_OK;
  if (!error) found = job->GetError(error.GetAddressOf());
  look->error = error ? ReadError(error.Get()) : NoError(found);
  return S_OK;
}

// A change of state is told once; progress alone may be replaced by newer progress.
void JobFeed::Tell(Seen& seen, const Look& look, bool modified) {
  const bool entered = !seen.last || seen.last->state != look.state;
  const bool moved = !seen.last || !Same(seen.last->progress, look.progress);
  const auto put = [&](const char* kind) {
    Record record{{"state", static_cast<double>(static_cast<int>(look.state))},
                  {"progress", com::Writer<abi::BG_JOB_PROGRESS>::Write(look.progress)},
                  {"error", look.error}};
    const bool coalesces = std::string_view(kind) == "progress";
    engine_->upward().mailbox->Put(
        {seen.subscriber.number, kind, Value(std::move(record)), coalesces});
  };
  const auto& subscriber = seen.subscriber;
  if (moved && subscriber.progress) put("progress");
  if (modified && subscriber.modification) put("modification");
  if (entered && subscriber.state) put("state");
  seen.last = look;
}

void JobFeed::Complain(SubscriptionId number, const char* kind, const char* operation, HRESULT hr) {
  const std::string name(operation);
  Record record{{"operation", std::u16string(name.begin(), name.end())},
                {"hresult", static_cast<double>(static_cast<std::uint32_t>(hr))}};
  engine_->upward().mailbox->Put({number, kind, Value(std::move(record)), false});
}

void JobFeed::PlanPoll() {
  auto poll = seen_.front().subscriber.poll;
  for (const auto& seen : seen_) poll = std::min(poll, seen.subscriber.poll);
  const Time next = std::chrono::steady_clock::now() + poll;
  {
    std::lock_guard<Mutex> lock(mu_);
    next_poll_ = next;
  }
  Clock::Get().WakeAt(next);
}

}  // namespace dosvc::jobs
