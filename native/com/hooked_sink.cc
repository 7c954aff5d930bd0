// SPDX-License-Identifier: MIT

#include "com/hooked_sink.h"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <utility>

#include "core/hop.h"
#include "core/thread.h"

namespace dosvc::com {

HookedSink::HookedSink(std::shared_ptr<ComEngine> engine,
                       SubscriptionId number,
                       std::shared_ptr<ComObject> object,
                       Calls look,
                       Calls brought)
    : Object(object->strand(), engine->channels().live_objects),
      engine_(std::move(engine)),
      number_(number),
      look_(std::move(look)),
      brought_(std::move(brought)),
      object_(std::move(object)) {}

HookedSink::~HookedSink() { Withdraw(); }

void HookedSink::Released() noexcept {
  try {
    strand()->Post([self = shared_from_this()] { self->Withdraw(); });
  } catch (const std::exception&) {
    // Out of memory: the destructor withdraws.
  }
}

void HookedSink::Withdraw() {
  const auto saved = std::exchange(saved_, {});
  try {
    for (const auto& each : saved) Restore(each);
  } catch (const std::exception&) {
    // Out of memory: the remaining loans are not put back. The sink is disconnected all the same.
  }
}

void HookedSink::Attach(ComPtr<IUnknown> sink) {
  owner_ = std::make_unique<const SinkOwner>(engine_, std::move(sink));
}

Outcome HookedSink::SetLoan(std::shared_ptr<ComObject> object, Call& call) {
  AssertOn(Thread::kCom);
  const auto& loan = call.loan;
  const auto* const set = static_cast<const ComMethod*>(call.method);
  saved_.reserve(saved_.size() + 1);
  // An object on which nothing could be set may belong to a service that is gone.
  const auto before = std::exchange(object_, std::move(object));
  const auto found = std::find_if(
      saved_.begin(), saved_.end(), [&](const SavedSetting& saved) { return saved.set == set; });
  const bool known = found != saved_.end();
  SavedSetting saved{static_cast<const ComMethod*>(loan.read), set, {}, std::u16string(u"this")};
  if (known) saved = *found;

  const bool adds = loan.how == Loan::How::kAdd || loan.how == Loan::How::kRenew;
  auto outcome = adds ? Add(saved, call.arguments, loan.how) : Run(*set, call.arguments);
  if (Failed(outcome)) object_ = before;
  if (Failed(outcome) && outcome.stage != Stage::kSkipped) return outcome;
  if (known) saved_.erase(found);
  if (loan.how != Loan::How::kKeep) saved_.push_back(std::move(saved));
  return outcome;
}

// Only adds bits, and only to a value that could be read. The value to put back is the one that the
// first read returned.
Outcome HookedSink::Add(SavedSetting& saved, List& arguments, Loan::How how) {
  const auto* const bits = arguments.empty() ? nullptr : arguments.front().As<double>();
  List none;
  const auto* current = how == Loan::How::kAdd ? saved.ours.As<double>() : nullptr;
  Outcome read;
  if (current == nullptr) {
    read = Run(*saved.read, none);
    current = Failed(read) ? nullptr : read.value.As<double>();
  }
  if (current == nullptr || bits == nullptr) return Fail(Stage::kSkipped);
  if (saved.ours.As<double>() == nullptr) saved.before = *current;
  const auto bits_set = static_cast<std::uint32_t>(*current);
  const auto added = bits_set | static_cast<std::uint32_t>(*bits);
  saved.ours = static_cast<double>(added);
  if (added == bits_set) return Fail(Stage::kSkipped);
  arguments.front() = saved.ours;
  return Run(*saved.set, arguments);
}

Outcome HookedSink::Run(const ComMethod& row, List& arguments) {
  return engine_->CallFor(*object_, row, arguments, sink());
}

// Leaves the setting alone unless it is still ours: another process may have set its own since.
void HookedSink::Restore(const SavedSetting& saved) {
  if (Same(saved.before, saved.ours)) return;
  List none;
  const auto read = Run(*saved.read, none);
  if (Failed(read) || !Same(read.value, saved.ours)) return;
  List before{saved.before};
  Run(*saved.set, before);
}

void HookedSink::Called(const char* name, REFIID iid, IUnknown* brought) {
  AssertOn(Thread::kRpc);
  ComPtr<IUnknown> kept(brought);
  auto look = Strand::Prepare([self = shared_from_this()] { self->Look(); }, Order::kBackground);
  {
    std::lock_guard<Mutex> lock(mu_);
    auto& names = reported_.names;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    if (kept) {
      std::swap(kept, reported_.brought);
      reported_.iid = iid;
    }
    if (std::exchange(look_posted_, true)) look.reset();
  }
  // Releasing the object that was replaced calls the service, so do it on the strand.
  if (kept) strand()->Post([kept = std::move(kept)] {}, Order::kBackground);
  if (look) strand()->Post(std::move(look));
}

// Each has a task of its own: the strand keeps their order, and the object is released there.
void HookedSink::Told(const char* name, REFIID iid, IUnknown* brought, Record fields) {
  AssertOn(Thread::kRpc);
  struct Given {
    IID iid;
    ComPtr<IUnknown> brought;
    Record fields;
  };
  // Shared, because a std::function is copyable.
  const auto given = std::make_shared<Given>(Given{iid, brought, std::move(fields)});
  strand()->Post(
      [self = shared_from_this(), name, given] {
        self->Report(name, given->iid, std::move(given->brought), std::move(given->fields));
      },
      Order::kBackground);
}

void HookedSink::Report(const char* name, REFIID iid, ComPtr<IUnknown> brought, Record fields) {
  AssertOn(Thread::kCom);
  auto& mailbox = *engine_->channels().mailbox;
  if (mailbox.Closed()) return;
  try {
    fields.push_back({"brought", ToRecord(Read(iid, std::move(brought)))});
    mailbox.Put({number_, name, Value(std::move(fields)), false});
  } catch (const std::bad_alloc&) {
    // Out of memory for the event itself: nothing can be reported.
  }
}

Outcome HookedSink::Read(REFIID iid, ComPtr<IUnknown> brought) {
  std::shared_ptr<ComObject> object;
  const HRESULT hr = engine_->Adopt(iid, std::move(brought), &object);
  if (FAILED(hr)) return Fail(Stage::kResult, static_cast<std::uint32_t>(hr));
  auto calls = brought_;
  std::vector<Outcome> outcomes;
  outcomes.reserve(calls.size());
  RunHop(*engine_, object, calls, outcomes);
  List records;
  for (auto& outcome : outcomes) records.emplace_back(ToRecord(std::move(outcome)));
  Outcome read;
  read.value =
      Record{{"object", ObjectRef(std::move(object))}, {"outcomes", Value(std::move(records))}};
  return read;
}

void HookedSink::Look() {
  AssertOn(Thread::kCom);
  Reported reported;
  {
    std::lock_guard<Mutex> lock(mu_);
    look_posted_ = false;
    reported = std::exchange(reported_, Reported());
  }
  if (engine_->channels().mailbox->Closed()) return;
  try {
    LookAndReport(reported);
  } catch (const std::bad_alloc&) {
    // Out of memory: nothing is reported, and JavaScript's next poll finds the change.
  }
}

void HookedSink::LookAndReport(Reported& reported) {
  Value brought;
  std::shared_ptr<ComObject> object;
  if (reported.brought &&
      SUCCEEDED(engine_->Adopt(reported.iid, std::move(reported.brought), &object))) {
    brought = ObjectRef(std::move(object));
  }
  auto calls = look_;
  std::vector<Outcome> outcomes;
  outcomes.reserve(calls.size());
  RunHop(*engine_, object_, calls, outcomes, brought);
  List records;
  for (auto& outcome : outcomes) records.emplace_back(ToRecord(std::move(outcome)));
  for (const auto* const name : reported.names) {
    engine_->channels().mailbox->Put({number_, name, records, true});
  }
}

}  // namespace dosvc::com
