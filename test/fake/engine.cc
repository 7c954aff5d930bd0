// SPDX-License-Identifier: MIT
//
// An engine without COM, for the real addon under sanitizers on Linux. Its rows do what a service's
// methods may do to the floors above: answer, fail, take long, hang, give objects, run out of
// memory.

#include "core/engine.h"

#include <dlfcn.h>
#include <pthread.h>

#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <new>
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
  explicit FakeEngine(const Upward& upward) : upward_(upward) { ++Totals::Get().engines; }
  ~FakeEngine() override { --Totals::Get().engines; }

  Outcome Connect(const List& arguments) override;
  Outcome Call(Object& object, const Method& method, List& arguments) override;
  ObjectRef Subscribe(SubscriptionId number,
                      const std::u16string& kind,
                      const ObjectRef& target,
                      const Value& options) override;
  void Unite(const ObjectRef& object, const std::u16string& key) override;
  void Renew(const ObjectRef& object, const ObjectRef& source) override;
  void Close() override;

  // [COM]
  ObjectRef Make() const { return Own<FakeObject>(upward_.census); }

 private:
  const Upward upward_;
  std::map<std::u16string, std::weak_ptr<Object>> united_;  // [JS]
};

struct Context {
  const FakeEngine& engine;
  FakeObject& object;
  List& arguments;
  Outcome& outcome;
};

struct Row : Method {
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
                                 {"closed", static_cast<double>(totals.closed)},
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
    {{"Fake::Echo", kQueued}, [](const Context& c) { c.outcome.value = std::move(c.arguments); }},
    {{"Fake::Fail", kQueued}, Fail},
    {{"Fake::OutOfMemory", kQueued}, [](const Context&) { throw std::bad_alloc(); }},
    {{"Fake::Sleep", kQueued},
     [](const Context& c) {
       std::this_thread::sleep_for(
           std::chrono::milliseconds(static_cast<std::int64_t>(NumberAt(c.arguments, 0))));
     }},
    {{"Fake::Make", kQueued}, [](const Context& c) { c.outcome.value = c.engine.Make(); }},
    {{"Fake::MakeMany", kQueued}, MakeMany},
    {{"Fake::Append", kQueued}, Append},
    {{"Fake::AppendStarting", kStarts}, Append},
    {{"Fake::AppendHalting", kHalts}, Append},
    {{"Fake::AppendEnding", kEnds}, Append},
    {{"Fake::Appended", kQueued}, [](const Context& c) { c.outcome.value = c.object.Appended(); }},
    {{"Fake::Hang", kQueued}, [](const Context& c) { c.object.Hang(); }},
    {{"Fake::HangAndMake", kQueued},
     [](const Context& c) {
       c.object.Hang();
       c.outcome.value = c.engine.Make();
     }},
    {{"Fake::Free", kEnds}, [](const Context& c) { c.object.Free(); }},
    {{"Fake::Count", kQueued}, Count},
    {{"Fake::Fault", kQueued}, Fault},
}};

// No argument, or the code with which the service refuses.
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

Outcome FakeEngine::Call(Object& object, const Method& method, List& arguments) {
  AssertOn(Thread::kCom);
  Outcome outcome;
  auto* const target = dynamic_cast<FakeObject*>(&object);
  if (target != nullptr) {
    static_cast<const Row&>(method).run({*this, *target, arguments, outcome});
  } else {
    Refuse(Stage::kInterface, 0x80004002, &outcome);  // E_NOINTERFACE
  }
  return outcome;
}

ObjectRef FakeEngine::Subscribe(SubscriptionId number,
                                const std::u16string& kind,
                                const ObjectRef&,
                                const Value& options) {
  AssertOn(Thread::kJs);
  if (kind == u"ticker") return Own<Ticker>(upward_, number, options);
  if (kind == u"writer") {
    const auto capacity = static_cast<std::size_t>(NumberOf(options, "capacity", 1));
    auto pipe = Pipe::Make(upward_.mailbox, upward_.questions, number, capacity);
    return Own<Writer>(upward_, std::move(pipe), number, options);
  }
  if (kind == u"asker") return Own<Asker>(upward_, number, options);
  // Nothing to hold, and done at once: no thread may be left for a row, and no memory.
  // All that hangs at this moment goes on.
  if (kind == u"freedom") Gate::Get().FreeAll();
  // { first, forGood }: memory runs out. A short name ends that: it takes no memory.
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

void FakeEngine::Close() {
  AssertOn(Thread::kCom);
  ++Totals::Get().closed;
}

}  // namespace
}  // namespace fake

const Method* FindMethod(std::string_view address) {
  for (const auto& row : fake::kRows) {
    if (address == row.address) return &row;
  }
  return nullptr;
}

std::shared_ptr<Engine> MakeEngine(const Upward& upward) {
  AssertOn(Thread::kJs);
  return std::make_shared<fake::FakeEngine>(upward);
}

void RunThread(const std::function<void()>& work) {
  AssertOn(Thread::kCom);
  work();
}

void NameThread(const char* name) { pthread_setname_np(pthread_self(), name); }

void PinModule() {
  Dl_info module{};
  dladdr(reinterpret_cast<void*>(&PinModule), &module);
  dlopen(module.dli_fname, RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE);
}

}  // namespace dosvc
