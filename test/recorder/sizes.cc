// SPDX-License-Identifier: MIT

#include "sizes.h"

#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "journal.h"

namespace recorder {
namespace {

struct Methods {
  std::mutex mu;
  std::map<std::pair<std::string, std::uint32_t>, Sizes> sizes;  // guarded by mu
};

Methods& All() {
  static auto* const all = new Methods();
  return *all;
}

}  // namespace

void SetSizes(REFIID iid, std::uint32_t slot, Sizes sizes) {
  auto& all = All();
  std::lock_guard<std::mutex> lock(all.mu);
  all.sizes[{Hex(&iid, sizeof(iid)), slot}] = std::move(sizes);
}

const Sizes* FindSizes(REFIID iid, std::uint32_t slot) {
  auto& all = All();
  std::lock_guard<std::mutex> lock(all.mu);
  const auto found = all.sizes.find({Hex(&iid, sizeof(iid)), slot});
  return found == all.sizes.end() ? nullptr : &found->second;
}

}  // namespace recorder
