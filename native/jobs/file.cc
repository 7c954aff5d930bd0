// SPDX-License-Identifier: MIT

#include "jobs/file.h"

#include "com/registry.h"
#include "jobs/marshal.h"
#include "jobs/rows.h"

namespace dosvc::jobs {

using abi::IBackgroundCopyFile;
using abi::IBackgroundCopyFile2;
using abi::IBackgroundCopyFile3;
using abi::IBackgroundCopyFile4;
using abi::IBackgroundCopyFile5;
using abi::IBackgroundCopyFile6;
using com::InArray;
using com::OutArray;
using com::Row;
using com::Tagged;

void AddFileRows(com::Registry& registry) {
  registry.Add<IBackgroundCopyFile>("IBackgroundCopyFile",
                                    {
                                        Row<&IBackgroundCopyFile::GetRemoteName>("GetRemoteName"),
                                        Row<&IBackgroundCopyFile::GetLocalName>("GetLocalName"),
                                        Row<&IBackgroundCopyFile::GetProgress>("GetProgress"),
                                    });
  registry.Add<IBackgroundCopyFile2>(
      "IBackgroundCopyFile2",
      {
          Row<&IBackgroundCopyFile2::GetFileRanges, OutArray<0, 1>>("GetFileRanges"),
          Row<&IBackgroundCopyFile2::SetRemoteName>("SetRemoteName"),
      });
  registry.Add<IBackgroundCopyFile3>(
      "IBackgroundCopyFile3",
      {
          Row<&IBackgroundCopyFile3::GetTemporaryName>("GetTemporaryName"),
          Row<&IBackgroundCopyFile3::SetValidationState>("SetValidationState"),
          Row<&IBackgroundCopyFile3::GetValidationState>("GetValidationState"),
          Row<&IBackgroundCopyFile3::IsDownloadedFromPeer>("IsDownloadedFromPeer"),
      });
  registry.Add<IBackgroundCopyFile4>(
      "IBackgroundCopyFile4",
      {
          Row<&IBackgroundCopyFile4::GetPeerDownloadStats>("GetPeerDownloadStats"),
      });
  registry.Add<IBackgroundCopyFile5>(
      "IBackgroundCopyFile5",
      {
          Row<&IBackgroundCopyFile5::SetProperty, Tagged<0, 1>>("SetProperty"),
          Row<&IBackgroundCopyFile5::GetProperty, Tagged<0, 1>>("GetProperty"),
      });
  registry.Add<IBackgroundCopyFile6>(
      "IBackgroundCopyFile6",
      {
          Row<&IBackgroundCopyFile6::UpdateDownloadPosition>("UpdateDownloadPosition"),
          Row<&IBackgroundCopyFile6::RequestFileRanges, InArray<0, 1>>("RequestFileRanges"),
          Row<&IBackgroundCopyFile6::GetFilledFileRanges, OutArray<0, 1>>("GetFilledFileRanges"),
      });
}

}  // namespace dosvc::jobs
