// SPDX-License-Identifier: MIT
//
// The fake service's subscriptions, which post events and ask questions from threads that are
// neither JavaScript's nor the pool's, as a service's RPC threads are.
#pragma once

#include <atomic>
#include <chrono>
#include <exception>
#include <memory>
#include <new>
#include <thread>
#include <utility>
#include <vector>

#include "core/engine.h"
#include "core/thread.h"
#include "object.h"

namespace dosvc::fake {

inline double NumberOf(const Value& record, const char* name, double otherwise) {
  const auto* const field = Find(record, name);
  const auto* const number = field != nullptr ? field->As<double>() : nullptr;
  return number != nullptr ? *number : otherwise;
}

inline bool FlagOf(const Value& record, const char* name) {
  const auto* const field = Find(record, name);
  const auto* const flag = field != nullptr ? field->As<bool>() : nullptr;
  return flag != nullptr && *flag;
}

// [RPC] Answers as a sink of the product does: if there is no memory, the service learns that.
template <typename Run>
bool Answer(Run run) {
  try {
    run();
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

// [JS] If there is no memory for one of the service's threads, the thread does not start.
template <typename Start>
void StartThread(Start start) {
  try {
    start();
  } catch (const std::exception&) {
  }
}

// { threads, count, coalesces }: each thread posts `count` events, { thread, number }; without a
// count it never ends. If events coalesce, nine of ten are `progress` and may be replaced; all
// others are `tick`.
class Ticker : public Counted {
 public:
  // [JS]
  Ticker(const Channels& channels, SubscriptionId subscription, const Value& options)
      : Counted(channels.live_objects),
        mailbox_(channels.mailbox),
        subscription_(subscription),
        count_(NumberOf(options, "count", -1)),
        coalesces_(FlagOf(options, "coalesces")) {
    const auto threads = static_cast<int>(NumberOf(options, "threads", 1));
    for (int thread = 0; thread < threads; ++thread) {
      StartThread([&] { threads_.emplace_back([this, thread] { Run(thread); }); });
    }
  }

  // [COM] A tick never blocks, so neither does this.
  ~Ticker() override {
    stopped_ = true;
    for (auto& thread : threads_) thread.join();
  }

 private:
  // [RPC]
  void Run(double thread) {
    ThreadScope scope(Thread::kRpc);
    for (double number = 0; number != count_ && !stopped_; ++number) {
      const bool replaceable = coalesces_ && static_cast<int>(number) % 10 != 0;
      Answer([&] {
        Record value{{"thread", thread}, {"number", number}};
        mailbox_->Put({subscription_,
                       replaceable ? "progress" : "tick",
                       Value(std::move(value)),
                       replaceable});
      });
      // Slow enough for a busy machine to keep up, even under a sanitizer.
      if (count_ < 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }

  const std::shared_ptr<Mailbox> mailbox_;
  const SubscriptionId subscription_;
  const double count_;
  const bool coalesces_;
  std::atomic<bool> stopped_{false};
  std::vector<std::thread> threads_;
};

// { patience }: asks `question` once, and posts `told` with { answered, answer }.
class Asker : public Counted {
 public:
  // [JS] The thread owns all that it touches, and ends by itself.
  Asker(const Channels& channels, SubscriptionId subscription, const Value& options)
      : Counted(channels.live_objects) {
    const std::chrono::milliseconds patience(
        static_cast<std::int64_t>(NumberOf(options, "patience", 0)));
    StartThread([&] { std::thread(Ask, channels, subscription, patience).detach(); });
  }

 private:
  // [RPC]
  static void Ask(const Channels& channels,
                  SubscriptionId subscription,
                  std::chrono::milliseconds patience) {
    ThreadScope scope(Thread::kRpc);
    Answer([&] {
      Record question{{"text", std::u16string(u"may I?")}};
      auto answer =
          channels.questions->Ask({subscription, "question", Value(std::move(question))}, patience);
      if (!answer) ++Totals::Get().unanswered;
      Record told{{"answered", answer.has_value()}};
      if (answer) told.push_back({"answer", std::move(*answer)});
      channels.mailbox->Put({subscription, "told", Value(std::move(told))});
    });
  }
};

}  // namespace dosvc::fake
