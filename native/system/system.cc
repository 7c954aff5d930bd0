// SPDX-License-Identifier: MIT
//
// The kinds of readings, by name.

#include <cstddef>
#include <string>

#include "core/engine.h"
#include "core/thread.h"
#include "system/readings.h"

namespace dosvc {
namespace {

const std::u16string* TextAt(const List& query, std::size_t index) {
  return index < query.size() ? query[index].As<std::u16string>() : nullptr;
}

}  // namespace

// The query has the kind, and then the texts that the kind needs.
Outcome ReadSystem(const List& query) {
  AssertOn(Thread::kCom);
  const auto* const kind = TextAt(query, 0);
  const auto* const what = TextAt(query, 1);
  const auto named = [&](const char16_t* name) { return kind != nullptr && *kind == name; };
  if (named(u"registry") && what != nullptr) return system::ReadRegistry(*what, TextAt(query, 2));
  if (named(u"service") && what != nullptr) return system::ReadService(*what);
  if (named(u"session")) return system::ReadSession();
  if (named(u"power")) return system::ReadPower();
  if (named(u"network")) return system::ReadNetwork();
  if (named(u"proxies")) return system::ReadProxies();
  return Fail(Stage::kArgument, static_cast<std::uint32_t>(E_INVALIDARG));
}

}  // namespace dosvc
