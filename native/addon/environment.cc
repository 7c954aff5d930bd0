// SPDX-License-Identifier: MIT

#include "addon/environment.h"

#include <algorithm>
#include <new>
#include <utility>

#include "addon/calls.h"

namespace dosvc::addon {
namespace {

// A longer timeout counts as none.
constexpr double kLongestTimeout = 1e12;  // ms: 31 years

Session::Timeout TimeoutAt(const Napi::CallbackInfo& info, std::size_t index) {
  if (!info[index].IsNumber()) return std::nullopt;
  const double given = info[index].As<Napi::Number>().DoubleValue();
  if (!(given < kLongestTimeout)) return std::nullopt;
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::max(given, 0.0)));
}

bool Flag(const Napi::Value& value) {
  return value.IsBoolean() && value.As<Napi::Boolean>().Value();
}

std::uint32_t Number(const Napi::Value& value) {
  return value.IsNumber() ? value.As<Napi::Number>().Uint32Value() : 0;
}

}  // namespace

// The order matters: the doorbell registers a cleanup hook of its own in the environment when it is
// made, and hooks run last in, first out. So ours runs first, and nothing rings a bell that is
// gone.
Environment::Environment(Napi::Env env) {
  napi_create_threadsafe_function(env,
                                  nullptr,
                                  nullptr,
                                  Napi::String::New(env, "dosvc"),
                                  0,
                                  1,
                                  nullptr,
                                  nullptr,
                                  this,
                                  OnBell,
                                  &bell_);
  napi_unref_threadsafe_function(env, bell_);
  session_ = std::make_unique<Session>(
      [bell = bell_] { napi_call_threadsafe_function(bell, nullptr, napi_tsfn_nonblocking); });
  napi_add_env_cleanup_hook(env, OnEnd, this);
}

Environment& Environment::Of(Napi::Env env) { return *env.GetInstanceData<Environment>(); }

void Environment::OnEnd(void* data) {
  auto* const self = static_cast<Environment*>(data);
  self->session_->BeginEnd(self->ends_process_);
  self->handles_.Clear();
  self->session_->End();
  // Nothing rings the bell any more.
  napi_release_threadsafe_function(self->bell_, napi_tsfn_release);
}

void Environment::OnBell(napi_env env, napi_value, void* self, void*) {
  // A ring left over from an environment that has ended arrives with a null env.
  if (env == nullptr) return;
  static_cast<Environment*>(self)->Drain(env);
}

template <typename Post>
Napi::Value Environment::Request(Napi::Env env, bool many, bool keeps_alive, Post post) {
  const auto request = next_request_++;
  auto& pending =
      pending_.emplace(request, PendingPromise{nullptr, many, keeps_alive}).first->second;
  napi_value promise = nullptr;
  if (napi_create_promise(env, &pending.deferred, &promise) != napi_ok) {
    pending_.erase(request);
    return {};
  }
  if (keeps_alive && keeping_alive_++ == 0) napi_ref_threadsafe_function(env, bell_);
  try {
    post(request);
  } catch (const std::bad_alloc&) {
    auto outcome = OutOfMemory(false);
    Settle(env, request, &outcome, 1);
  }
  return Napi::Value(env, promise);
}

// (arguments, timeout)
Napi::Value Environment::Connect(const Napi::CallbackInfo& info) {
  Given given;
  FromJs(info[0], handles_, &given.value);
  if (info.Env().IsExceptionPending()) return {};
  auto arguments = TakeList(&given.value);
  const auto timeout = TimeoutAt(info, 1);
  return Request(info.Env(), false, true, [&](RequestId request) {
    session_->Connect(request, std::move(arguments), timeout);
  });
}

// (handle, row, arguments, timeout, background)
Napi::Value Environment::Invoke(const Napi::CallbackInfo& info) {
  Value address;
  FromJs(info[1], handles_, &address);
  if (info.Env().IsExceptionPending()) return {};
  Call call;
  call.method = RowOf(info.Env(), &address);
  if (call.method == nullptr) return {};
  Given given;
  FromJs(info[2], handles_, &given.value);
  call.arguments = TakeList(&given.value);
  Calls calls;
  calls.push_back(std::move(call));
  return Send(info, std::move(calls), false, 3);
}

// (handle, calls, timeout, background)
Napi::Value Environment::InvokeMany(const Napi::CallbackInfo& info) {
  Given given;
  FromJs(info[1], handles_, &given.value);
  if (info.Env().IsExceptionPending()) return {};
  return Send(info, CallsOf(info.Env(), &given.value), true, 2);
}

// (handle, …, timeout, background); the last two start at index `timeout_at`.
Napi::Value Environment::Send(const Napi::CallbackInfo& info,
                              Calls calls,
                              bool many,
                              std::size_t timeout_at) {
  const auto env = info.Env();
  if (env.IsExceptionPending()) return {};
  const auto timeout = TimeoutAt(info, timeout_at);
  const bool background = Flag(info[timeout_at + 1]);
  const auto object = handles_.Find(Number(info[0]));
  return Request(env, many, !background, [&](RequestId request) {
    if (object) {
      session_->Invoke(request, object, std::move(calls), timeout, background);
    } else {
      auto closed = Fail(Stage::kClosed);
      Settle(env, request, &closed, 1);
    }
  });
}

// (kind, target, options, look, brought)
Napi::Value Environment::Subscribe(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  Subscription wanted;
  wanted.target = handles_.Find(Number(info[1]));
  FromJs(info[2], handles_, &wanted.options);
  if (env.IsExceptionPending()) return {};
  Given given;
  FromJs(info[3], handles_, &given.value);
  if (env.IsExceptionPending()) return {};
  wanted.look = CallsOf(env, &given.value);
  if (env.IsExceptionPending()) return {};
  Given brought;
  FromJs(info[4], handles_, &brought.value);
  if (env.IsExceptionPending()) return {};
  wanted.brought = CallsOf(env, &brought.value);
  if (env.IsExceptionPending()) return {};
  const auto handle = handles_.Reserve();
  wanted.number = handle;
  if (info[0].IsString()) wanted.kind = info[0].As<Napi::String>().Utf16Value();
  auto subscription = session_->Subscribe(std::move(wanted));
  if (!subscription) return env.Null();
  handles_.Put(handle, std::move(subscription));
  return Napi::Number::New(env, handle);
}

// (handle, key)
Napi::Value Environment::Unite(const Napi::CallbackInfo& info) {
  const auto object = handles_.Find(Number(info[0]));
  const bool known = object && info[1].IsString();
  if (known) session_->Unite(object, info[1].As<Napi::String>().Utf16Value());
  return Napi::Boolean::New(info.Env(), known);
}

// (handle, source)
Napi::Value Environment::Renew(const Napi::CallbackInfo& info) {
  const auto object = handles_.Find(Number(info[0]));
  const auto source = handles_.Find(Number(info[1]));
  const bool both = object && source;
  if (both) session_->Renew(object, source);
  return Napi::Boolean::New(info.Env(), both);
}

// (handle)
Napi::Value Environment::Share(const Napi::CallbackInfo& info) {
  auto object = handles_.Find(Number(info[0]));
  if (!object) return info.Env().Null();
  return Napi::Number::New(info.Env(), handles_.Add(std::move(object)));
}

Napi::Value Environment::Answer(const Napi::CallbackInfo& info) {
  Value answer;
  FromJs(info[1], handles_, &answer);
  if (info.Env().IsExceptionPending()) return {};
  const auto question = Number(info[0]);
  return Napi::Boolean::New(info.Env(), session_->Answer(question, std::move(answer)));
}

Napi::Value Environment::Release(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), handles_.Release(Number(info[0])));
}

// (listener, whether the process ends with this environment)
Napi::Value Environment::Listen(const Napi::CallbackInfo& info) {
  ends_process_ = Flag(info[1]);
  listener_ = Napi::Persistent(info[0].As<Napi::Function>());
  return info.Env().Undefined();
}

// (queries, timeout)
Napi::Value Environment::ReadSystem(const Napi::CallbackInfo& info) {
  Given given;
  FromJs(info[0], handles_, &given.value);
  if (info.Env().IsExceptionPending()) return {};
  auto queries = TakeList(&given.value);
  const auto timeout = TimeoutAt(info, 1);
  return Request(info.Env(), true, true, [&](RequestId request) {
    session_->ReadSystem(request, std::move(queries), timeout);
  });
}

Napi::Value Environment::SystemText(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(),
                           dosvc::SystemText(static_cast<std::uint32_t>(Number(info[0]))));
}

Napi::Value Environment::Counters(const Napi::CallbackInfo& info) {
  const auto counters = session_->Count();
  auto object = Napi::Object::New(info.Env());
  object.Set("handles", static_cast<double>(handles_.size()));
  object.Set("objects", counters.objects);
  object.Set("requests", static_cast<double>(counters.requests));
  object.Set("threads", counters.pool.threads);
  object.Set("lent", counters.pool.lent);
  return object;
}

// Delivers settlements and events in the order in which they came.
void Environment::Drain(Napi::Env env) {
  auto batch = session_->Drain();
  auto& events = batch.events;
  std::size_t delivered = 0;
  const auto deliver_before = [&](std::uint64_t place) {
    auto next = delivered;
    while (next < events.size() && events[next].place < place) ++next;
    if (next > delivered) CallListener(env, &events[delivered], next - delivered);
    delivered = next;
  };
  for (auto& settlement : batch.settlements) {
    deliver_before(settlement.place);
    Napi::HandleScope scope(env);
    auto& outcomes = settlement.outcomes;
    Settle(env, settlement.request, outcomes.data(), outcomes.size());
  }
  deliver_before(UINT64_MAX);
}

void Environment::Settle(Napi::Env env, RequestId request, Outcome* outcomes, std::size_t count) {
  const auto found = pending_.find(request);
  const auto pending = found->second;
  pending_.erase(found);
  if (pending.keeps_alive && --keeping_alive_ == 0) napi_unref_threadsafe_function(env, bell_);
  if (!pending.many) {
    napi_resolve_deferred(env, pending.deferred, OutcomeToJs(env, std::move(*outcomes)));
    return;
  }
  auto list = Napi::Array::New(env, count);
  for (std::size_t i = 0; i < count; ++i) {
    list.Set(static_cast<std::uint32_t>(i), OutcomeToJs(env, std::move(outcomes[i])));
  }
  napi_resolve_deferred(env, pending.deferred, list);
}

// If there is no memory for an outcome, E_OUTOFMEMORY replaces it and its objects are released.
Napi::Value Environment::OutcomeToJs(Napi::Env env, Outcome outcome) {
  const auto first = handles_.next();
  try {
    Value record(ToRecord(std::move(outcome)));
    return ToJs(env, record, handles_);
  } catch (const std::bad_alloc&) {
    handles_.ReleaseFrom(first);
    auto record = Napi::Object::New(env);
    record.Set("hresult", OutOfMemory(true).hresult);
    record.Set("value", env.Null());
    record.Set("mayHaveRun", true);
    return record;
  }
}

void Environment::CallListener(Napi::Env env, Event* events, std::size_t count) {
  Napi::HandleScope scope(env);
  auto batch = Napi::Array::New(env, count);
  for (std::uint32_t i = 0; i < count; ++i) {
    auto event = Napi::Object::New(env);
    event.Set("subscription", events[i].subscription);
    event.Set("kind", events[i].kind);
    event.Set("value", ToJs(env, events[i].value, handles_));
    batch.Set(i, event);
  }
  if (listener_.IsEmpty()) return;
  listener_.Call({batch});
  // The listener in lib/ catches what its own listeners throw. Any exception that still escapes is
  // an uncaught exception, on every version of Node.
  if (env.IsExceptionPending()) {
    napi_fatal_exception(env, env.GetAndClearPendingException().Value());
  }
}

}  // namespace dosvc::addon
