// SPDX-License-Identifier: MIT

#include "jobs/error.h"

#include "com/registry.h"
#include "jobs/rows.h"

namespace dosvc::jobs {

using abi::IBackgroundCopyError;
using com::Language;
using com::Row;

void AddErrorRows(com::Registry& registry) {
  registry.Add<IBackgroundCopyError>(
      "IBackgroundCopyError",
      {
          Row<&IBackgroundCopyError::GetError>("GetError"),
          Row<&IBackgroundCopyError::GetFile>("GetFile"),
          Row<&IBackgroundCopyError::GetErrorDescription, Language<0>>("GetErrorDescription"),
          Row<&IBackgroundCopyError::GetErrorContextDescription, Language<0>>(
              "GetErrorContextDescription"),
          Row<&IBackgroundCopyError::GetProtocol>("GetProtocol"),
      });
}

}  // namespace dosvc::jobs
