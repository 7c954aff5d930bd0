// SPDX-License-Identifier: MIT

#include "core/session.h"

#include <algorithm>
#include <new>
#include <utility>

namespace dosvc {
namespace {

Time Deadline(Session::Timeout timeout) {
  return timeout ? std::chrono::steady_clock::now() + *timeout : kNever;
}

Upward MakeUpward(std::function<void()> bell) {
  auto mailbox = std::make_shared<Mailbox>(std::move(bell));
  Clock::Get().Add(mailbox);
  auto questions = std::make_shared<Questions>(mailbox);
  return {std::move(mailbox), std::move(questions), std::make_shared<Census>()};
}

// Memory is the one thing that may run out in the middle of a task; it becomes an outcome like any
// other.
template <typename Run>
Outcome Guarded(Run run) {
  try {
    return run();
  } catch (const std::bad_alloc&) {
    return OutOfMemory(true);
  }
}

Outcome Run(Engine& engine, Object& object, Call& call);

Value Follow(Engine& engine, Value value, const Call& call) {
  if (auto* const list = std::get_if<List>(&value.data)) {
    for (auto& item : *list) item = Follow(engine, std::move(item), call);
    return value;
  }
  const auto* const object = value.As<ObjectRef>();
  if (object == nullptr || *object == nullptr) return value;
  List outcomes;
  // Copies: a call consumes its arguments, and there may be more objects.
  for (auto then : call.then) outcomes.push_back(ToRecord(Run(engine, **object, then)));
  return Record{{"object", call.keep ? Value(*object) : Value()},
                {"outcomes", std::move(outcomes)}};
}

Outcome Run(Engine& engine, Object& object, Call& call) {
  return Guarded([&] {
    auto outcome = engine.Call(object, *call.method, call.arguments);
    if (!call.then.empty() && !Failed(outcome)) {
      outcome.value = Follow(engine, std::move(outcome.value), call);
    }
    return outcome;
  });
}

std::vector<Outcome> RoomFor(std::size_t outcomes) {
  std::vector<Outcome> room;
  room.reserve(outcomes);
  return room;
}

// A hop starts the work of its object where one of its calls does; it overtakes with a single call.
Order OrderOf(const std::vector<Call>& calls) {
  const bool starts = std::any_of(calls.begin(), calls.end(), [](const Call& call) {
    return call.method->order == Order::kStarts;
  });
  if (starts) return Order::kStarts;
  return calls.size() == 1 ? calls.front().method->order : Order::kQueued;
}

}  // namespace

Session::Session(std::function<void()> bell)
    : upward_(MakeUpward(std::move(bell))),
      engine_(MakeEngine(upward_)),
      last_(std::make_shared<Strand>()),
      unsaid_(std::make_shared<Census>()),
      farewell_(Strand::Prepare(
          [engine = engine_, unsaid = unsaid_] {
            engine->Close();
            unsaid->Remove();
          },
          Order::kPresses)) {
  Pool::Get().SetThreadBody(RunThread);
  Pool::Get().AddEnvironment();
}

void Session::Connect(RequestId request, List arguments, Timeout timeout) {
  // Activation has no object yet: a strand of its own, so that nothing waits for a service to
  // start.
  const auto strand = std::make_shared<Strand>();
  auto task = Strand::Prepare(
      [mailbox = upward_.mailbox,
       engine = engine_,
       request,
       arguments = std::move(arguments),
       outcomes = RoomFor(1)]() mutable {
        if (!mailbox->Begin(request)) return;
        outcomes.push_back(Guarded([&] { return engine->Connect(arguments); }));
        mailbox->Settle(request, std::move(outcomes));
      },
      Order::kPresses);
  upward_.mailbox->Open(request, Deadline(timeout));
  strand->Post(std::move(task));
}

void Session::Invoke(RequestId request,
                     const ObjectRef& object,
                     std::vector<Call> calls,
                     Timeout timeout,
                     bool aside) {
  const auto order = aside ? Order::kAside : OrderOf(calls);
  auto outcomes = RoomFor(calls.size());
  auto task = Strand::Prepare(
      [mailbox = upward_.mailbox,
       engine = engine_,
       request,
       object,
       calls = std::move(calls),
       outcomes = std::move(outcomes)]() mutable {
        if (!mailbox->Begin(request)) return;
        for (auto& call : calls) outcomes.push_back(Run(*engine, *object, call));
        mailbox->Settle(request, std::move(outcomes));
      },
      order);
  upward_.mailbox->Open(request, Deadline(timeout));
  object->strand()->Post(std::move(task));
}

ObjectRef Session::Subscribe(SubscriptionId number,
                             const std::u16string& kind,
                             const ObjectRef& target,
                             const Value& options) {
  return engine_->Subscribe(number, kind, target, options);
}

void Session::Unite(const ObjectRef& object, const std::u16string& key) {
  engine_->Unite(object, key);
}

void Session::Renew(const ObjectRef& object, const ObjectRef& source) {
  object->strand()->Post([engine = engine_, object, source] { engine->Renew(object, source); });
}

bool Session::Answer(QuestionId question, Value answer) {
  return upward_.questions->Answer(question, std::move(answer));
}

Mailbox::Batch Session::Drain() { return upward_.mailbox->Drain(); }

Session::Counters Session::Count() {
  return {upward_.census->Count(), upward_.mailbox->Waiting(), Pool::Get().Count()};
}

void Session::BeginEnd(bool ends_process) {
  upward_.mailbox->Close();
  upward_.questions->Close();
  Pool::Get().RemoveEnvironment(ends_process);
}

void Session::End() {
  // What can be withdrawn in time is withdrawn: a service cannot give back a sink that was cut off.
  if (!Pool::Get().IsStill() && !upward_.census->WaitForNone(kFarewell)) {
    // A process that ended in the middle of it would end a thread that holds locks of COM.
    unsaid_->Add();
    last_->Post(std::move(farewell_));
    unsaid_->WaitForNone(kFarewell);
  }
}

}  // namespace dosvc
