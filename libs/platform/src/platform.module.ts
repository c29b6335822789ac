import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { LoggerModule } from 'nestjs-pino';
import { Clock } from './clock';
import { PlatformConfig, platformConfigSchema } from './config';
import { HealthRegistry } from './health';
import { IssuerKeys } from './issuer-keys';
import { loggerParams } from './logging';
import { Nats } from './nats-connection';
import { OpsServer } from './ops-server';
import { Handlers } from './rpc/handle';
import { RpcClient } from './rpc/rpc-client';
import { RpcServer } from './rpc/rpc-server';
import { loadConfig } from './settings';
import { TokenVerifier } from './token-verifier';

const PROVIDERS = [Clock, HealthRegistry, IssuerKeys, Nats, RpcClient, TokenVerifier];

/** Everything a process needs before it has a purpose: configuration, logs, time, NATS, identity, health. Global. */
@Module({})
export class PlatformModule {
  static forService(name: string): DynamicModule {
    return PlatformModule.build(name, [OpsServer, RpcServer, Handlers]);
  }

  /** The gateway has no handlers of its own. */
  static forGateway(): DynamicModule {
    return PlatformModule.build('gateway', [OpsServer]);
  }

  private static build(name: string, more: NonNullable<DynamicModule['providers']>): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [DiscoveryModule, LoggerModule.forRootAsync({ inject: [PlatformConfig], useFactory: loggerParams })],
      providers: [
        { provide: PlatformConfig, useFactory: () => new PlatformConfig(name, loadConfig(platformConfigSchema)) },
        ...PROVIDERS,
        ...more,
      ],
      exports: [PlatformConfig, ...PROVIDERS, ...more],
    };
  }
}
