// SPDX-License-Identifier: MIT

#include "jobs/token_options.h"

#include "com/registry.h"
#include "jobs/rows.h"

namespace dosvc::jobs {

using abi::IBitsTokenOptions;
using com::Row;

void AddTokenOptionsRows(com::Registry& registry) {
  registry.Add<IBitsTokenOptions>(
      "IBitsTokenOptions",
      {
          Row<&IBitsTokenOptions::SetHelperTokenFlags>("SetHelperTokenFlags"),
          Row<&IBitsTokenOptions::GetHelperTokenFlags>("GetHelperTokenFlags"),
          Row<&IBitsTokenOptions::SetHelperToken>("SetHelperToken"),
          Row<&IBitsTokenOptions::ClearHelperToken>("ClearHelperToken"),
          Row<&IBitsTokenOptions::GetHelperTokenSid>("GetHelperTokenSid"),
      });
}

}  // namespace dosvc::jobs
