// SPDX-License-Identifier: MIT

#include "jobs/job.h"

#include "com/registry.h"
#include "jobs/callback.h"
#include "jobs/marshal.h"
#include "jobs/rows.h"

namespace dosvc::jobs {

using abi::IBackgroundCopyCallback;
using abi::IBackgroundCopyJob;
using abi::IBackgroundCopyJob2;
using abi::IBackgroundCopyJob3;
using abi::IBackgroundCopyJob4;
using abi::IBackgroundCopyJob5;
using com::Ends;
using com::Halts;
using com::In;
using com::InArray;
using com::Opt;
using com::OutArray;
using com::Row;
using com::Sink;
using com::Starts;
using com::Tagged;

void AddJobRows(com::Registry& registry) {
  registry.Add<IBackgroundCopyJob>(
      "IBackgroundCopyJob",
      {
          Row<&IBackgroundCopyJob::AddFileSet, InArray<0, 1>>("AddFileSet"),
          Row<&IBackgroundCopyJob::AddFile>("AddFile"),
          Row<&IBackgroundCopyJob::EnumFiles>("EnumFiles"),
          Row<&IBackgroundCopyJob::Suspend, Halts>("Suspend"),
          Row<&IBackgroundCopyJob::Resume, Starts>("Resume"),
          Row<&IBackgroundCopyJob::Cancel, Ends>("Cancel"),
          Row<&IBackgroundCopyJob::Complete>("Complete"),
          Row<&IBackgroundCopyJob::GetId>("GetId"),
          Row<&IBackgroundCopyJob::GetType>("GetType"),
          Row<&IBackgroundCopyJob::GetProgress>("GetProgress"),
          Row<&IBackgroundCopyJob::GetTimes>("GetTimes"),
          Row<&IBackgroundCopyJob::GetState>("GetState"),
          Row<&IBackgroundCopyJob::GetError>("GetError"),
          Row<&IBackgroundCopyJob::GetOwner>("GetOwner"),
          Row<&IBackgroundCopyJob::SetDisplayName>("SetDisplayName"),
          Row<&IBackgroundCopyJob::GetDisplayName>("GetDisplayName"),
          Row<&IBackgroundCopyJob::SetDescription>("SetDescription"),
          Row<&IBackgroundCopyJob::GetDescription>("GetDescription"),
          Row<&IBackgroundCopyJob::SetPriority>("SetPriority"),
          Row<&IBackgroundCopyJob::GetPriority>("GetPriority"),
          Row<&IBackgroundCopyJob::SetNotifyFlags>("SetNotifyFlags"),
          Row<&IBackgroundCopyJob::GetNotifyFlags>("GetNotifyFlags"),
          Row<&IBackgroundCopyJob::SetNotifyInterface, Sink<0, IBackgroundCopyCallback>>(
              "SetNotifyInterface"),
          Row<&IBackgroundCopyJob::GetNotifyInterface, Sink<0, IBackgroundCopyCallback>>(
              "GetNotifyInterface"),
          Row<&IBackgroundCopyJob::SetMinimumRetryDelay>("SetMinimumRetryDelay"),
          Row<&IBackgroundCopyJob::GetMinimumRetryDelay>("GetMinimumRetryDelay"),
          Row<&IBackgroundCopyJob::SetNoProgressTimeout>("SetNoProgressTimeout"),
          Row<&IBackgroundCopyJob::GetNoProgressTimeout>("GetNoProgressTimeout"),
          Row<&IBackgroundCopyJob::GetErrorCount>("GetErrorCount"),
          Row<&IBackgroundCopyJob::SetProxySettings, Opt<1, 2>>("SetProxySettings"),
          Row<&IBackgroundCopyJob::GetProxySettings>("GetProxySettings"),
          Row<&IBackgroundCopyJob::TakeOwnership>("TakeOwnership"),
      });
  registry.Add<IBackgroundCopyJob2>(
      "IBackgroundCopyJob2",
      {
          Row<&IBackgroundCopyJob2::SetNotifyCmdLine, Opt<0, 1>>("SetNotifyCmdLine"),
          Row<&IBackgroundCopyJob2::GetNotifyCmdLine>("GetNotifyCmdLine"),
          Row<&IBackgroundCopyJob2::GetReplyProgress>("GetReplyProgress"),
          Row<&IBackgroundCopyJob2::GetReplyData, OutArray<1, 0>>("GetReplyData"),
          Row<&IBackgroundCopyJob2::SetReplyFileName, Opt<0>>("SetReplyFileName"),
          Row<&IBackgroundCopyJob2::GetReplyFileName>("GetReplyFileName"),
          Row<&IBackgroundCopyJob2::SetCredentials, In<0>>("SetCredentials"),
          Row<&IBackgroundCopyJob2::RemoveCredentials>("RemoveCredentials"),
      });
  registry.Add<IBackgroundCopyJob3>(
      "IBackgroundCopyJob3",
      {
          Row<&IBackgroundCopyJob3::ReplaceRemotePrefix>("ReplaceRemotePrefix"),
          Row<&IBackgroundCopyJob3::AddFileWithRanges, InArray<2, 3>>("AddFileWithRanges"),
          Row<&IBackgroundCopyJob3::SetFileACLFlags>("SetFileACLFlags"),
          Row<&IBackgroundCopyJob3::GetFileACLFlags>("GetFileACLFlags"),
      });
  registry.Add<IBackgroundCopyJob4>(
      "IBackgroundCopyJob4",
      {
          Row<&IBackgroundCopyJob4::SetPeerCachingFlags>("SetPeerCachingFlags"),
          Row<&IBackgroundCopyJob4::GetPeerCachingFlags>("GetPeerCachingFlags"),
          Row<&IBackgroundCopyJob4::GetOwnerIntegrityLevel>("GetOwnerIntegrityLevel"),
          Row<&IBackgroundCopyJob4::GetOwnerElevationState>("GetOwnerElevationState"),
          Row<&IBackgroundCopyJob4::SetMaximumDownloadTime>("SetMaximumDownloadTime"),
          Row<&IBackgroundCopyJob4::GetMaximumDownloadTime>("GetMaximumDownloadTime"),
      });
  registry.Add<IBackgroundCopyJob5>(
      "IBackgroundCopyJob5",
      {
          Row<&IBackgroundCopyJob5::SetProperty, Tagged<0, 1>>("SetProperty"),
          Row<&IBackgroundCopyJob5::GetProperty, Tagged<0, 1>>("GetProperty"),
      });
}

}  // namespace dosvc::jobs
