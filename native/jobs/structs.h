// SPDX-License-Identifier: MIT
//
// The structures of the job API, as Bits.Idl, bits1_5.idl, bits2_0.idl and bits5_0.idl lay them
// out.
#pragma once

#include <windows.h>

#include <type_traits>

#include "generated/enums.h"

namespace dosvc::abi {

struct BG_FILE_PROGRESS {
  UINT64 BytesTotal;
  UINT64 BytesTransferred;
  BOOL Completed;
};

struct BG_FILE_INFO {
  LPWSTR RemoteName;
  LPWSTR LocalName;
};

struct BG_JOB_PROGRESS {
  UINT64 BytesTotal;
  UINT64 BytesTransferred;
  ULONG FilesTotal;
  ULONG FilesTransferred;
};

struct BG_JOB_TIMES {
  FILETIME CreationTime;
  FILETIME ModificationTime;
  FILETIME TransferCompletionTime;
};

struct BG_FILE_RANGE {
  UINT64 InitialOffset;
  UINT64 Length;
};

struct BG_JOB_REPLY_PROGRESS {
  UINT64 BytesTotal;
  UINT64 BytesTransferred;
};

struct BG_BASIC_CREDENTIALS {
  LPWSTR UserName;
  LPWSTR Password;
};

struct BG_AUTH_CREDENTIALS {
  BG_AUTH_TARGET Target;
  BG_AUTH_SCHEME Scheme;
  union {
    BG_BASIC_CREDENTIALS Basic;
  } Credentials;
};

union BITS_JOB_PROPERTY_VALUE {
  DWORD Dword;
  GUID ClsID;
  BOOL Enable;
  UINT64 Uint64;
  BG_AUTH_TARGET Target;
};
static_assert(std::is_trivially_copyable_v<BITS_JOB_PROPERTY_VALUE>, "passed by value");

union BITS_FILE_PROPERTY_VALUE {
  LPWSTR String;
};
static_assert(std::is_trivially_copyable_v<BITS_FILE_PROPERTY_VALUE>, "passed by value");

}  // namespace dosvc::abi
