// SPDX-License-Identifier: MIT
//
// An engine without COM, for the real addon under sanitizers on Linux. Its rows do what a service's
// methods may do to the floors above: answer, fail, take long, hang, return objects, run out of
// memory.

#include "core/engine.h"

#include <dlfcn.h>
#include <pthread.h>

#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <new>
#include <system_error>
#include <thread>
#include <utility>

#include "core/thread.h"
#include "faults.h"
#include "object.h"
#include "process.h"
#include "scarcity.h"
#include "subscriptions.h"
#include "writer.h"

namespace dosvc {
namespace fake {
namespace {

class FakeEngine : public Engine {
 public:
  explicit FakeEngine(const Channels& channels) : channels_(channels) { ++Totals::Get().engines; }
  ~FakeEngine() override { --Totals::Get().engines; }

  Outcome Connect(const List& arguments) override;
  Outcome Run(const ObjectRef& object, Call& call) override;
  ObjectRef Subscribe(Subscription subscription) override;
  void Unite(const ObjectRef& object, const std::u16string& key) override;
  void Renew(const ObjectRef& object, const ObjectRef& source) override;

  // [COM]
  ObjectRef Make() const { return MakeObject<FakeObject>(channels_.live_objects); }

 private:
  const Channels channels_;
  std::map<std::u16string, std::weak_ptr<Object>> united_;  // [JS]
};

struct Context {
  const FakeEngine& engine;
  FakeObject& object;
  List& arguments;
  Outcome& outcome;
};

struct Row : Method {
  const char* address;
  void (*run)(const Context& context);
};

constexpr std::uint32_t kInvalidArgument = 0x80070057;  // E_INVALIDARG

double NumberAt(const List& arguments, std::size_t index) {
  const auto* const number = index < arguments.size() ? arguments[index].As<double>() : nullptr;
  return number != nullptr ? *number : 0;
}

std::u16string TextAt(const List& arguments, std::size_t index) {
  const auto* const text =
      index < arguments.size() ? arguments[index].As<std::u16string>() : nullptr;
  return text != nullptr ? *text : std::u16string();
}

void Refuse(Stage stage, std::uint32_t hresult, Outcome* outcome) {
  outcome->stage = stage;
  outcome->hresult = hresult;
}

// (hresult, stage, detail)
void Fail(const Context& context) {
  const auto stage = TextAt(context.arguments, 1);
  const auto detail = TextAt(context.arguments, 2);
  auto& outcome = context.outcome;
  outcome.hresult = static_cast<std::uint32_t>(NumberAt(context.arguments, 0));
  if (stage == u"interface") outcome.stage = Stage::kInterface;
  if (stage == u"argument") outcome.stage = Stage::kArgument;
  if (stage == u"result") outcome.stage = Stage::kResult;
  outcome.detail = std::string(detail.begin(), detail.end());
}

void MakeMany(const Context& context) {
  List objects;
  for (auto left = NumberAt(context.arguments, 0); left > 0; --left) {
    objects.push_back(context.engine.Make());
  }
  context.outcome.value = std::move(objects);
}

void Append(const Context& context) {
  context.outcome.value = context.object.Append(NumberAt(context.arguments, 0));
}

void Count(const Context& context) {
  const auto& totals = Totals::Get();
  context.outcome.value = Record{{"engines", static_cast<double>(totals.engines)},
                                 {"objects", static_cast<double>(totals.objects)},
                                 {"unanswered", static_cast<double>(totals.unanswered)},
                                 {"aborted", static_cast<double>(totals.aborted)},
                                 {"refused", static_cast<double>(Scarcity::Refused())},
                                 {"spilled", static_cast<double>(Spilled())},
                                 {"hanging", static_cast<double>(Gate::Get().Hanging())}};
}

void Fault(const Context& context) {
  if (PlantFault(TextAt(context.arguments, 0))) return;
  Refuse(Stage::kArgument, kInvalidArgument, &context.outcome);
}

constexpr auto kQueued = Order::kQueued;
constexpr auto kStarts = Order::kStarts;
constexpr auto kHalts = Order::kHalts;
constexpr auto kEnds = Order::kEnds;

constexpr std::array<Row, 16> kRows{{
    {{kQueued}, "Fake::Echo", [](const Context& c) { c.outcome.value = std::move(c.arguments); }},
    {{kQueued}, "Fake::Fail", Fail},
    {{kQueued}, "Fake::OutOfMemory", [](const Context&) { throw std::bad_alloc(); }},
    {{kQueued},
     "Fake::Sleep",
     [](const Context& c) {
       std::this_thread::sleep_for(
           std::chrono::milliseconds(static_cast<std::int64_t>(NumberAt(c.arguments, 0))));
     }},
    {{kQueued}, "Fake::Make", [](const Context& c) { c.outcome.value = c.engine.Make(); }},
    {{kQueued}, "Fake::MakeMany", MakeMany},
    {{kQueued}, "Fake::Append", Append},
    {{kStarts}, "Fake::AppendStarting", Append},
    {{kHalts}, "Fake::AppendHalting", Append},
    {{kEnds}, "Fake::AppendEnding", Append},
    {{kQueued}, "Fake::Appended", [](const Context& c) { c.outcome.value = c.object.Appended(); }},
    {{kQueued}, "Fake::Hang", [](const Context& c) { c.object.Hang(); }},
    {{kQueued},
     "Fake::HangAndMake",
     [](const Context& c) {
       c.object.Hang();
       c.outcome.value = c.engine.Make();
     }},
    {{kEnds}, "Fake::Free", [](const Context& c) { c.object.Free(); }},
    {{kQueued}, "Fake::Count", Count},
    {{kQueued}, "Fake::Fault", Fault},
}};

// Without an argument it succeeds; with one, the service refuses with that HRESULT.
Outcome FakeEngine::Connect(const List& arguments) {
  AssertOn(Thread::kCom);
  Outcome outcome;
  if (arguments.empty()) {
    outcome.value = Make();
  } else {
    Refuse(Stage::kActivation, static_cast<std::uint32_t>(NumberAt(arguments, 0)), &outcome);
  }
  return outcome;
}

Outcome FakeEngine::Run(const ObjectRef& object, Call& call) {
  AssertOn(Thread::kCom);
  Outcome outcome;
  auto* const target = dynamic_cast<FakeObject*>(object.get());
  if (target != nullptr) {
    static_cast<const Row&>(*call.method).run({*this, *target, call.arguments, outcome});
  } else {
    Refuse(Stage::kInterface, 0x80004002, &outcome);  // E_NOINTERFACE
  }
  return outcome;
}

ObjectRef FakeEngine::Subscribe(Subscription subscription) {
  AssertOn(Thread::kJs);
  const auto& [number, kind, target, options, look, brought] = subscription;
  if (kind == u"ticker") return MakeObject<Ticker>(channels_, number, options);
  if (kind == u"writer") {
    const auto capacity = static_cast<std::size_t>(NumberOf(options, "capacity", 1));
    auto pipe = Pipe::Make(channels_, number, capacity);
    return MakeObject<Writer>(channels_, std::move(pipe), number, options);
  }
  if (kind == u"asker") return MakeObject<Asker>(channels_, number, options);
  // The following kinds make no object and act at once: for a row, there may be neither a thread
  // nor memory. "freedom" frees all calls that hang at this moment.
  if (kind == u"freedom") Gate::Get().FreeAll();
  // { first, forGood }: memory runs out, until "plenty": so short a name takes no memory.
  if (kind == u"scarcity") {
    Scarcity::Begin(static_cast<std::int64_t>(NumberOf(options, "first", 0)),
                    FlagOf(options, "forGood"));
  }
  if (kind == u"plenty") Scarcity::End();
  return nullptr;
}

void FakeEngine::Unite(const ObjectRef& object, const std::u16string& key) {
  AssertOn(Thread::kJs);
  auto& known = united_[key];
  const auto other = known.lock();
  if (!other) {
    known = object;
  } else if (other->strand() != object->strand()) {
    object->MoveTo(other->strand());
  }
}

void FakeEngine::Renew(const ObjectRef& object, const ObjectRef& source) {
  AssertOn(Thread::kCom);
  const auto target = std::dynamic_pointer_cast<FakeObject>(object);
  const auto from = std::dynamic_pointer_cast<FakeObject>(source);
  if (target && from && target != from) target->Renew(*from);
}

}  // namespace
}  // namespace fake

const Method* FindMethod(std::string_view address) {
  for (const auto& row : fake::kRows) {
    if (address == row.address) return &row;
  }
  return nullptr;
}

std::shared_ptr<Engine> MakeEngine(const Channels& channels) {
  AssertOn(Thread::kJs);
  return std::make_shared<fake::FakeEngine>(channels);
}

void RunThread(const std::function<void()>& work) {
  AssertOn(Thread::kCom);
  work();
}

bool BeginThread(std::function<void()> body) {
  try {
    std::thread(std::move(body)).detach();
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

void NameThread(const char* name) { pthread_setname_np(pthread_self(), name); }

// The query comes back. If its second item is a number, that is the HRESULT of a failure.
Outcome ReadSystem(const List& query) {
  AssertOn(Thread::kCom);
  Outcome outcome;
  outcome.hresult = static_cast<std::uint32_t>(fake::NumberAt(query, 1));
  if (outcome.hresult == 0) outcome.value = query;
  return outcome;
}

std::u16string SystemText(std::uint32_t) { return {}; }

void PinModule() {
  Dl_info module{};
  dladdr(reinterpret_cast<void*>(&PinModule), &module);
  dlopen(module.dli_fname, RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE);
}

}  // namespace dosvc
