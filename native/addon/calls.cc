// SPDX-License-Identifier: MIT

#include "addon/calls.h"

#include <limits>
#include <string>
#include <utility>

#include "core/engine.h"

namespace dosvc::addon {
namespace {

bool FlagOf(const Value& record, const char* name) {
  const auto* const value = Find(record, name);
  const auto* const flag = value != nullptr ? value->As<bool>() : nullptr;
  return flag != nullptr && *flag;
}

// From { call, gave }.
std::optional<Call::Condition> ConditionOf(Value* value) {
  const auto* const call = value != nullptr ? Find(std::as_const(*value), "call") : nullptr;
  if (call == nullptr) return std::nullopt;
  // A condition on a call that there is not never holds.
  const auto at = CountIn(*call).value_or(std::numeric_limits<std::size_t>::max());
  return Call::Condition{at, TakeList(Find(*value, "gave"))};
}

// From { sink, read, how }.
Loan LoanOf(Napi::Env env, const Value* value) {
  const auto* const sink = value != nullptr ? Find(*value, "sink") : nullptr;
  const auto* const object = sink != nullptr ? sink->As<ObjectRef>() : nullptr;
  const auto* const how = value != nullptr ? Find(*value, "how") : nullptr;
  const auto* const name = how != nullptr ? how->As<std::u16string>() : nullptr;
  if (object == nullptr || name == nullptr) return {};
  Loan loan{*object, RowOf(env, Find(*value, "read")), Loan::How::kSet};
  if (*name == u"add") loan.how = Loan::How::kAdd;
  if (*name == u"renew") loan.how = Loan::How::kRenew;
  if (*name == u"keep") loan.how = Loan::How::kKeep;
  return loan;
}

}  // namespace

const Method* RowOf(Napi::Env env, const Value* address) {
  const auto* const name = address != nullptr ? address->As<std::u16string>() : nullptr;
  const auto ascii = name != nullptr ? ToAscii(*name) : std::string();
  const auto* const method = FindMethod(ascii);
  if (method == nullptr) {
    const auto message = "There is no method " + ascii;
    napi_throw_type_error(env, "ERR_INVALID_ARG_VALUE", message.c_str());
  }
  return method;
}

List TakeList(Value* value) {
  auto* const items = value != nullptr ? std::get_if<List>(&value->data) : nullptr;
  return items != nullptr ? std::move(*items) : List();
}

Calls CallsOf(Napi::Env env, Value* value) {
  Calls calls;
  auto* const items = value != nullptr ? std::get_if<List>(&value->data) : nullptr;
  if (items == nullptr) return calls;
  for (auto& item : *items) {
    Call call;
    call.method = RowOf(env, Find(std::as_const(item), "row"));
    if (call.method == nullptr) break;
    call.arguments = TakeList(Find(item, "args"));
    call.then = CallsOf(env, Find(item, "then"));
    call.keep = FlagOf(item, "keep");
    call.when = ConditionOf(Find(item, "when"));
    call.brought = FlagOf(item, "brought");
    call.loan = LoanOf(env, Find(std::as_const(item), "loan"));
    calls.push_back(std::move(call));
  }
  return calls;
}

}  // namespace dosvc::addon
