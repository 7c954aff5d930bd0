// SPDX-License-Identifier: MIT

#include "jobs/job_feed.h"

#include <objbase.h>

#include <algorithm>
#include <new>
#include <string_view>
#include <utility>

#include "com/params.h"
#include "core/thread.h"
#include "jobs/job_error.h"
#include "jobs/job_sink.h"
#include "jobs/marshal.h"

namespace dosvc::jobs {
namespace {

// Where there was no memory.
constexpr std::chrono::milliseconds kAnotherTry{100};

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
                                     const GUID& id,
                                     std::shared_ptr<com::ComObject> job) {
  auto feed = Own<JobFeed>(engine, id, std::move(job));
  auto sink = com::Owner<IUnknown>(new JobSink(engine->upward().mailbox, feed));
  feed->sink_ = std::make_unique<const com::SinkOwner>(std::move(engine), std::move(sink));
  Clock::Get().Add(feed);
  return feed;
}

JobFeed::JobFeed(std::shared_ptr<com::ComEngine> engine,
                 const GUID& id,
                 std::shared_ptr<com::ComObject> job)
    : Object(job->strand(), engine->upward().census),
      engine_(std::move(engine)),
      id_(id),
      job_(std::move(job)) {}

JobFeed::~JobFeed() { engine_->ForgetFeed(id_); }

void JobFeed::Add(const Subscriber& subscriber) {
  AssertOn(Thread::kCom);
  com::ComPtr<abi::IBackgroundCopyJob> job;
  if (SUCCEEDED(Job(&job))) {  // where it fails, the read says so
    Hook(job.Get());
    Widen(job.Get(), subscriber);
  }
  for (const auto& trouble : refused_) Complain(subscriber.number, "warning", trouble);
  seen_.push_back({subscriber, std::nullopt, {}, S_OK, 0});
  PostRead();
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

void JobFeed::Follow(std::shared_ptr<com::ComObject> job) {
  AssertOn(Thread::kCom);
  job_ = std::move(job);
  HookAgain();
}

HRESULT JobFeed::Job(com::ComPtr<abi::IBackgroundCopyJob>* job) {
  com::ComPtr<IUnknown> proxy;
  const HRESULT hr = job_->Query(abi::kIidOf<abi::IBackgroundCopyJob>, &proxy);
  if (SUCCEEDED(hr)) *job = com::Owner(static_cast<abi::IBackgroundCopyJob*>(proxy.Detach()));
  return hr;
}

// Where the service refuses, the poll carries the subscriptions, and each of them hears of it.
void JobFeed::Hook(abi::IBackgroundCopyJob* job) {
  if (hooked_) return;
  hooked_ = true;
  by_hand_ = false;
  before_.reset();
  refused_.clear();
  ReadFlags(job);
  Refuse(job, "IBackgroundCopyJob::SetNotifyInterface", job->SetNotifyInterface(sink()));
}

// A service that was started again knows no notify interface, and may not know the flags. That is
// made good before any call that waits for the job, and then the job is read.
void JobFeed::HookAgain() {
  AssertOn(Thread::kCom);
  PostRead();
  if (!hooked_) return;
  for (auto& seen : seen_) seen.last_trouble = S_OK;
  com::ComPtr<abi::IBackgroundCopyJob> job;
  if (FAILED(Job(&job))) return;  // the read says so
  const auto known = refused_.size();
  Refuse(job.Get(), "IBackgroundCopyJob::SetNotifyInterface", job->SetNotifyInterface(sink()));
  ReadFlags(job.Get());
  for (const auto& seen : seen_) Widen(job.Get(), seen.subscriber);
  for (auto at = known; at < refused_.size(); ++at) {
    for (const auto& seen : seen_) Complain(seen.subscriber.number, "warning", refused_[at]);
  }
}

// The flags that stand there, and what is to be put back: what stood there when they were first
// read, unless somebody else changed them since.
void JobFeed::ReadFlags(abi::IBackgroundCopyJob* job) {
  ULONG flags = 0;
  if (by_hand_ || FAILED(job->GetNotifyFlags(&flags))) return;
  if (!before_ || flags != flags_) before_ = flags;
  flags_ = flags;
}

// A job that cannot be read refuses nothing: the read says what is the matter.
void JobFeed::Refuse(abi::IBackgroundCopyJob* job, const char* operation, HRESULT hr) {
  const bool known = std::any_of(refused_.begin(), refused_.end(), [&](const Trouble& trouble) {
    return std::string_view(trouble.operation) == operation;
  });
  if (SUCCEEDED(hr) || known) return;
  abi::BG_JOB_STATE state{};
  if (SUCCEEDED(job->GetState(&state))) refused_.push_back({operation, hr});
}

// Flags are only ever widened, and only from flags that could be read.
void JobFeed::Widen(abi::IBackgroundCopyJob* job, const Subscriber& subscriber) {
  if (subscriber.keep_flags) {
    by_hand_ = true;
    before_.reset();
  }
  const ULONG flags = flags_ | subscriber.notify_flags;
  if (!before_ || flags == flags_) return;
  const HRESULT hr = job->SetNotifyFlags(flags);
  if (SUCCEEDED(hr)) flags_ = flags;
  Refuse(job, "IBackgroundCopyJob::SetNotifyFlags", hr);
}

// Takes back only what is still ours: another process may have set its own interface or flags.
void JobFeed::Unhook() {
  com::ComPtr<abi::IBackgroundCopyJob> job;
  if (!std::exchange(hooked_, false) || FAILED(Job(&job))) return;
  if (!engine_->BeginWithdrawal(sink())) return;
  com::ComPtr<IUnknown> current;
  if (SUCCEEDED(job->GetNotifyInterface(current.GetAddressOf())) && current &&
      engine_->IsSink(current.Get())) {
    job->SetNotifyInterface(nullptr);
  }
  current.Reset();
  CoDisconnectObject(sink(), 0);
  engine_->EndWithdrawal(sink());
  ULONG flags = 0;
  if (before_ && *before_ != flags_ && SUCCEEDED(job->GetNotifyFlags(&flags)) && flags == flags_) {
    job->SetNotifyFlags(*before_);
  }
}

void JobFeed::OnCallback(Callback callback, abi::IBackgroundCopyError* error) {
  AssertOn(Thread::kRpc);
  com::ComPtr<abi::IBackgroundCopyError> kept(error);
  {
    std::lock_guard<Mutex> lock(mu_);
    if (callback == Callback::kModification) noted_.modified = true;
    if (kept) std::swap(kept, noted_.error);
  }
  // Letting the one before go is a call to the service: on the strand.
  if (kept) strand()->Post([kept = std::move(kept)] {}, Order::kAside);
  PostRead();
}

// [any] One read at a time is enough.
void JobFeed::PostRead() {
  auto read = Strand::Prepare([self = shared_from_this()] { self->Read(); }, Order::kAside);
  {
    std::lock_guard<Mutex> lock(mu_);
    if (std::exchange(read_posted_, true)) return;
  }
  strand()->Post(std::move(read));
}

Time JobFeed::Tick(Time now) {
  {
    std::lock_guard<Mutex> lock(mu_);
    if (next_poll_ > now) return next_poll_;
    next_poll_ = kNever;  // planned anew by the read
  }
  try {
    PostRead();
    return kNever;
  } catch (const std::bad_alloc&) {
    std::lock_guard<Mutex> lock(mu_);
    return next_poll_ = now + kAnotherTry;
  }
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
  try {
    LookAndTell(noted);
  } catch (const std::bad_alloc&) {
    // Nothing is lost: what was not told is seen by the next look.
    const Time next = std::chrono::steady_clock::now() + kAnotherTry;
    {
      std::lock_guard<Mutex> lock(mu_);
      noted_.modified = noted_.modified || noted.modified;
      if (!noted_.error) noted_.error = noted.error;
      next_poll_ = next;
    }
    Clock::Get().WakeAt(next);
  }
}

void JobFeed::LookAndTell(const Noted& noted) {
  Look look;
  const auto trouble = LookAt(noted, &look);
  for (auto& seen : seen_) {
    if (SUCCEEDED(trouble.hr)) {
      Tell(seen, look, noted.modified);
      seen.troubled = 0;
    } else {
      seen.troubled = trouble.hr == seen.last_trouble ? seen.troubled + 1 : 1;
      if (seen.troubled <= 2) {
        Complain(seen.subscriber.number, "lost", trouble, seen.troubled == 2);
      }
    }
    seen.last_trouble = trouble.hr;
  }
  if (FAILED(trouble.hr) || !IsFinal(look.state)) PlanPoll();
}

JobFeed::Trouble JobFeed::LookAt(const Noted& noted, Look* look) {
  com::ComPtr<abi::IBackgroundCopyJob> job;
  // Counted before the state is read: a start in between is seen the next time at the latest.
  look->starts = job_->starts();
  HRESULT hr = Job(&job);
  if (SUCCEEDED(hr)) hr = job->GetState(&look->state);
  if (FAILED(hr)) return {"IBackgroundCopyJob::GetState", hr};
  // A job that ended may have no progress any more: the last one stands.
  abi::BG_JOB_PROGRESS progress{};
  if (SUCCEEDED(job->GetProgress(&progress))) progress_ = progress;
  look->progress = progress_;
  const bool news = std::any_of(seen_.begin(), seen_.end(), [&](const Seen& seen) {
    return noted.modified || Entered(seen, *look);
  });
  if (!news || !HasError(look->state)) return {};
  com::ComPtr<abi::IBackgroundCopyError> error = noted.error;
  if (!error) hr = job->GetError(error.GetAddressOf());
  look->error = error ? ReadError(error.Get()) : NoError(FAILED(hr) ? hr : E_UNEXPECTED);
  // Where the service went away in between, that is not what the job failed of.
  abi::BG_JOB_STATE still{};
  hr = job->GetState(&still);
  if (FAILED(hr)) return {"IBackgroundCopyJob::GetState", hr};
  return {};
}

// A state is entered when another stood there before, and when this environment gave the job cause
// to enter it again, however short the way.
bool JobFeed::Entered(const Seen& seen, const Look& look) const {
  if (!seen.last || seen.last->state != look.state) return true;
  const auto& before = seen.entered;
  if (before.started == look.starts.started) return false;
  return look.state == abi::BG_JOB_STATE_ERROR ||
         (look.state == abi::BG_JOB_STATE_TRANSFERRED && before.added != look.starts.added);
}

// A change of state is told once; progress alone may be replaced by newer progress.
void JobFeed::Tell(Seen& seen, const Look& look, bool modified) {
  const auto put = [&](const char* kind) {
    Record record{{"state", static_cast<double>(static_cast<int>(look.state))},
                  {"progress", com::Writer<abi::BG_JOB_PROGRESS>::Write(look.progress)},
                  {"error", look.error}};
    const bool coalesces = std::string_view(kind) == "progress";
    engine_->upward().mailbox->Put(
        {seen.subscriber.number, kind, Value(std::move(record)), coalesces});
  };
  const auto& subscriber = seen.subscriber;
  const bool moved = !seen.last || !Same(seen.last->progress, look.progress);
  if (moved && subscriber.progress) put("progress");
  if (modified && subscriber.modification) put("modification");
  if (Entered(seen, look)) {
    if (subscriber.state) put("state");
    seen.entered = look.starts;
  }
  seen.last = look;
}

void JobFeed::Complain(SubscriptionId number,
                       const char* kind,
                       const Trouble& trouble,
                       bool lasts) {
  const std::string_view name(trouble.operation);
  Record record{{"operation", std::u16string(name.begin(), name.end())},
                {"hresult", static_cast<double>(static_cast<std::uint32_t>(trouble.hr))}};
  if (lasts) record.push_back({"lasts", true});
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
