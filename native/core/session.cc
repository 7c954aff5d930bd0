// SPDX-License-Identifier: MIT

#include "core/session.h"

#include <atomic>
#include <utility>

#include "core/hop.h"

namespace dosvc {
namespace {

Time Deadline(Session::Timeout timeout) {
  return timeout ? std::chrono::steady_clock::now() + *timeout : kNever;
}

Channels MakeChannels(std::function<void()> bell) {
  auto mailbox = std::make_shared<Mailbox>(std::move(bell));
  Clock::Get().Add(mailbox);
  auto questions = std::make_shared<Questions>(mailbox);
  return {std::move(mailbox), std::move(questions), std::make_shared<LiveObjects>()};
}

std::vector<Outcome> RoomFor(std::size_t outcomes) {
  std::vector<Outcome> room;
  room.reserve(outcomes);
  return room;
}

// A process that ends terminates its workers one after another. Only the first of them waits long
// for a service that hangs.
constexpr std::chrono::seconds kHanging{1};
constexpr std::chrono::milliseconds kShortEndTimeout{5};
std::atomic<Time> hanging_until{Time::min()};

}  // namespace

Session::Session(std::function<void()> bell)
    : channels_(MakeChannels(std::move(bell))), engine_(MakeEngine(channels_)) {
  Pool::Get().SetThreadBody(RunThread);
  Pool::Get().AddEnvironment();
}

void Session::Connect(RequestId request, List arguments, Timeout timeout) {
  // Activation has no object yet. It gets a strand of its own, so that no other call waits for a
  // service to start.
  const auto strand = std::make_shared<Strand>();
  auto task = Strand::Prepare(
      [mailbox = channels_.mailbox,
       engine = engine_,
       request,
       arguments = std::move(arguments),
       outcomes = RoomFor(1)]() mutable {
        if (!mailbox->Begin(request)) return;
        outcomes.push_back(Guarded([&] { return engine->Connect(arguments); }));
        mailbox->Settle(request, std::move(outcomes));
      },
      Order::kUrgent);
  channels_.mailbox->Open(request, Deadline(timeout));
  strand->Post(std::move(task));
}

void Session::Invoke(
    RequestId request, const ObjectRef& object, Calls calls, Timeout timeout, bool background) {
  const auto order = background ? Order::kBackground : OrderOf(calls);
  auto outcomes = RoomFor(calls.size());
  auto task = Strand::Prepare(
      [mailbox = channels_.mailbox,
       engine = engine_,
       request,
       object,
       calls = std::move(calls),
       outcomes = std::move(outcomes)]() mutable {
        if (!mailbox->Begin(request)) return;
        RunHop(*engine, object, calls, outcomes);
        mailbox->Settle(request, std::move(outcomes));
      },
      order);
  channels_.mailbox->Open(request, Deadline(timeout));
  object->strand()->Post(std::move(task));
}

// Urgent, because it may be asked why calls hang.
void Session::ReadSystem(RequestId request, List queries, Timeout timeout) {
  const auto strand = std::make_shared<Strand>();
  auto outcomes = RoomFor(queries.size());
  auto task = Strand::Prepare(
      [mailbox = channels_.mailbox,
       request,
       queries = std::move(queries),
       outcomes = std::move(outcomes)]() mutable {
        if (!mailbox->Begin(request)) return;
        for (const auto& query : queries) {
          const auto* const list = query.As<List>();
          outcomes.push_back(
              Guarded([&] { return dosvc::ReadSystem(list != nullptr ? *list : List()); }));
        }
        mailbox->Settle(request, std::move(outcomes));
      },
      Order::kUrgent);
  channels_.mailbox->Open(request, Deadline(timeout));
  strand->Post(std::move(task));
}

ObjectRef Session::Subscribe(Subscription subscription) {
  return engine_->Subscribe(std::move(subscription));
}

void Session::Unite(const ObjectRef& object, const std::u16string& key) {
  engine_->Unite(object, key);
}

void Session::Renew(const ObjectRef& object, const ObjectRef& source) {
  object->strand()->Post([engine = engine_, object, source] { engine->Renew(object, source); });
}

bool Session::Answer(QuestionId question, Value answer) {
  return channels_.questions->Answer(question, std::move(answer));
}

Mailbox::Batch Session::Drain() { return channels_.mailbox->Drain(); }

Session::Counters Session::Count() {
  return {channels_.live_objects->Count(), channels_.mailbox->Waiting(), Pool::Get().Count()};
}

void Session::BeginEnd(bool ends_process) {
  channels_.mailbox->Close();
  channels_.questions->Close();
  Pool::Get().RemoveEnvironment(ends_process);
}

void Session::End() {
  if (Pool::Get().IsAtRest()) return;
  const bool hanging = std::chrono::steady_clock::now() < hanging_until.load();
  const auto timeout = hanging ? kShortEndTimeout : kEndTimeout;
  if (channels_.live_objects->WaitForNone(timeout) || hanging) return;
  hanging_until = std::chrono::steady_clock::now() + kHanging;
}

}  // namespace dosvc
