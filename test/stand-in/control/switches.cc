// SPDX-License-Identifier: MIT

#include "stand-in/control/switches.h"

#include <utility>

namespace dosvc_stand_in {
namespace {

using Value = std::atomic<std::uint32_t> Switches::*;

constexpr std::pair<const wchar_t*, Value> kSwitches[] = {
    {L"network-lost", &Switches::network_lost},
    {L"refused", &Switches::refused},
    {L"drop-callbacks", &Switches::drop_callbacks},
    {L"double-callbacks", &Switches::double_callbacks},
    {L"late-callbacks", &Switches::late_callbacks},
    {L"clock-ahead", &Switches::clock_ahead},
    {L"waiting", &Switches::waiting},
    {L"build", &Switches::build},
    {L"connect-time", &Switches::connect_time},
    {L"progress-step", &Switches::progress_step},
    {L"no-download-manager", &Switches::no_download_manager},
    {L"bits-codes", &Switches::bits_codes},
    {L"lag", &Switches::lag},
    {L"sink-after-end", &Switches::sink_after_end},
    {L"silent-errors", &Switches::silent_errors},
    {L"keeps-partial", &Switches::keeps_partial},
};

}  // namespace

Switches& Switches::Get() {
  static Switches switches;
  return switches;
}

bool Switches::Set(const std::wstring& name, std::uint32_t value) {
  for (const auto& [known, member] : kSwitches) {
    if (name != known) continue;
    this->*member = value;
    return true;
  }
  return false;
}

void Switches::Reset() {
  for (const auto& [name, member] : kSwitches) this->*member = 0;
}

}  // namespace dosvc_stand_in
