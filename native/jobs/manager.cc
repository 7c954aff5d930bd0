// SPDX-License-Identifier: MIT

#include "jobs/manager.h"

#include "com/registry.h"
#include "jobs/marshal.h"
#include "jobs/rows.h"

namespace dosvc::jobs {

using abi::IBackgroundCopyManager;
using com::Language;
using com::Row;

void AddManagerRows(com::Registry& registry) {
  registry.Add<IBackgroundCopyManager>(
      "IBackgroundCopyManager",
      {
          Row<&IBackgroundCopyManager::CreateJob>("CreateJob"),
          Row<&IBackgroundCopyManager::GetJob>("GetJob"),
          Row<&IBackgroundCopyManager::EnumJobs>("EnumJobs"),
          Row<&IBackgroundCopyManager::GetErrorDescription, Language<1>>("GetErrorDescription"),
      });
}

}  // namespace dosvc::jobs
