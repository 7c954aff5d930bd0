// SPDX-License-Identifier: MIT

#include "jobs/job_subscription.h"

#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "com/guid.h"
#include "com/params.h"
#include "com/sink.h"
#include "core/thread.h"
#include "jobs/job_feed.h"

namespace dosvc::jobs {
namespace {

// At once where this is the strand.
void OnStrandOf(const std::shared_ptr<JobFeed>& feed,
                const std::shared_ptr<Strand>& here,
                std::unique_ptr<Task> task) {
  if (feed->strand() == here) {
    task->run();
  } else {
    feed->strand()->Post(std::move(task));
  }
}

class JobSubscription : public Object, public com::SinkHolder {
 public:
  JobSubscription(std::shared_ptr<com::ComEngine> engine,
                  std::shared_ptr<com::ComObject> job,
                  std::optional<GUID> id,
                  JobFeed::Subscriber subscriber)
      : Object(job->strand(), engine->upward().census),
        engine_(std::move(engine)),
        job_(std::move(job)),
        id_(id),
        subscriber_(subscriber) {}

  ~JobSubscription() override {
    if (!feed_) return;
    try {
      OnStrandOf(feed_, strand(), std::move(leave_));
    } catch (const std::exception&) {
      // Without memory it is not taken back; the service is cut off with the feed.
    }
  }

  // [COM]
  void Join() {
    AssertOn(Thread::kCom);
    GUID id{};
    const HRESULT hr = GetId(&id);
    if (FAILED(hr)) {
      Record record{{"operation", std::u16string(u"IBackgroundCopyJob::GetId")},
                    {"hresult", static_cast<double>(static_cast<std::uint32_t>(hr))}};
      engine_->upward().mailbox->Put({subscriber_.number, "lost", Value(std::move(record)), false});
      return;
    }
    const auto feed = engine_->FeedOf(id, job_);
    leave_ = Strand::Prepare([feed, number = subscriber_.number] { feed->Remove(number); });
    feed_ = feed;
    job_->WhenRenewed([feed = std::weak_ptr<JobFeed>(feed_), job = std::weak_ptr(job_)] {
      const std::shared_ptr<JobFeed> to = feed.lock();
      const std::shared_ptr<com::ComObject> from = job.lock();
      if (!to || !from) return;
      OnStrandOf(to, from->strand(), Strand::Prepare([to, from] { to->Follow(from); }));
    });
    OnStrandOf(feed_, strand(), Strand::Prepare([feed, subscriber = subscriber_] {
                 feed->Add(subscriber);
               }));
  }

  IUnknown* sink() const override { return feed_ ? feed_->sink() : nullptr; }

 private:
  HRESULT GetId(GUID* id) {
    if (id_) {
      *id = *id_;
      return S_OK;
    }
    com::ComPtr<IUnknown> proxy;
    const HRESULT hr = job_->Query(abi::kIidOf<abi::IBackgroundCopyJob>, &proxy);
    return SUCCEEDED(hr) ? static_cast<abi::IBackgroundCopyJob*>(proxy.Get())->GetId(id) : hr;
  }

  const std::shared_ptr<com::ComEngine> engine_;
  const std::shared_ptr<com::ComObject> job_;
  const std::optional<GUID> id_;
  const JobFeed::Subscriber subscriber_;
  // On the strand only:
  std::shared_ptr<JobFeed> feed_;
  std::unique_ptr<Task> leave_;  // made with it: an end must not fail
};

}  // namespace

ObjectRef SubscribeToJob(const std::shared_ptr<com::ComEngine>& engine,
                         SubscriptionId number,
                         std::shared_ptr<com::ComObject> job,
                         const Value& options) {
  JobFeed::Subscriber subscriber;
  subscriber.number = number;
  std::uint32_t poll = 0;
  const auto* const tells = Find(options, "tells");
  const auto* const kinds = tells != nullptr ? tells->As<List>() : nullptr;
  for (const auto& kind : kinds != nullptr ? *kinds : List()) {
    const auto* const name = kind.As<std::u16string>();
    if (name == nullptr) continue;
    if (*name == u"state") subscriber.state = true;
    if (*name == u"progress") subscriber.progress = true;
    if (*name == u"modification") subscriber.modification = true;
  }
  if (const auto* const keep = Find(options, "keepFlags")) {
    const auto* const flag = keep->As<bool>();
    subscriber.keep_flags = flag != nullptr && *flag;
  }
  if (const auto* const flags = Find(options, "flags")) {
    com::ReadNumber(*flags, &subscriber.notify_flags);
  }
  if (const auto* const given = Find(options, "poll"); given && com::ReadNumber(*given, &poll)) {
    subscriber.poll = std::chrono::milliseconds(poll);
  }
  const auto* const id = Find(options, "id");
  const auto* const spelled = id != nullptr ? id->As<std::u16string>() : nullptr;
  auto subscription = Own<JobSubscription>(
      engine, std::move(job), spelled ? com::ParseGuid(*spelled) : std::nullopt, subscriber);
  subscription->strand()->Post([subscription] { subscription->Join(); });
  return subscription;
}

}  // namespace dosvc::jobs
